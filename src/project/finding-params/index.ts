import type { z } from "zod";
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

/**
 * Every code that a finding or problem bears, with the facts that its sentences are made of. Whoever makes one gives all of
 * them; what is read back from a stored status is parsed: a version before may not have written what `default` stands for.
 */
export const findingParams = {
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

export type FindingCode = keyof typeof findingParams;
export type FindingParams = { [Code in FindingCode]: z.output<(typeof findingParams)[Code]> };
