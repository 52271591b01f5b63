import { clusterLooks } from "../../steps/cluster-looks.ts";
import type { Check } from "../check.ts";
import { access } from "./access.ts";
import { apiServer } from "./api-server.ts";
import { controllers } from "./controllers.ts";
import { github } from "./github.ts";
import { leader } from "./leader.ts";
import { limit } from "./limit.ts";
import { projects } from "./projects.ts";
import { registry } from "./registry.ts";
import { rights } from "./rights.ts";
import { slack } from "./slack.ts";
import { vantages } from "./vantages.ts";
import { watches } from "./watches.ts";
import { webhooks } from "./webhooks.ts";

/** What `/project doctor` looks at, in the order it tells. A test holds it against this directory and the catalogue. */
export const checks: readonly Check[] = [
  apiServer,
  watches,
  rights,
  leader,
  slack,
  access,
  github,
  limit,
  registry,
  // What a launch asks of the cluster before it makes anything.
  { name: "flux", run: clusterLooks.flux },
  { name: "ingress-class", run: clusterLooks["ingress-class"] },
  { name: "issuer", run: clusterLooks.issuer },
  { name: "role", run: clusterLooks.role },
  projects,
  controllers,
  webhooks,
  vantages,
];
