import { actions } from "./actions.ts";
import { certificate } from "./certificate.ts";
import { firstCommit } from "./first-commit.ts";
import { gitCredentials } from "./git-credentials.ts";
import { gitRepository } from "./git-repository.ts";
import { image } from "./image.ts";
import { ingress } from "./ingress.ts";
import { namespace } from "./namespace.ts";
import { preflight } from "./preflight.ts";
import { pullSecret } from "./pull-secret.ts";
import { reachable } from "./reachable.ts";
import { release } from "./release.ts";
import { repository } from "./repository.ts";
import { rollout } from "./rollout.ts";
import { source } from "./source.ts";
import type { Step } from "./step.ts";
import { tenant } from "./tenant.ts";
import { webhook } from "./webhook.ts";

/** A launch, in the order it happens; a later commit goes the same way from `source` on. */
export const steps: readonly Step[] = [
  preflight,
  repository,
  actions,
  webhook,
  firstCommit,
  namespace,
  tenant,
  pullSecret,
  gitCredentials,
  gitRepository,
  source,
  image,
  release,
  rollout,
  ingress,
  certificate,
  reachable,
];
