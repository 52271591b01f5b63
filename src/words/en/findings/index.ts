import type { Words } from "../../words.ts";
import { build } from "./build.ts";
import { cluster } from "./cluster.ts";
import { flux } from "./flux.ts";
import { github } from "./github.ts";
import { health } from "./health.ts";
import { image } from "./image.ts";
import { launch } from "./launch.ts";
import { network } from "./network.ts";
import { slipway } from "./slipway.ts";
import { workload } from "./workload.ts";

export const findings: Words["findings"] = {
  ...launch,
  ...github,
  ...build,
  ...image,
  ...flux,
  ...workload,
  ...network,
  ...cluster,
  ...slipway,
  ...health,
};
