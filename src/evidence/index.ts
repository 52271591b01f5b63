import { certificate } from "./certificate.ts";
import { certificateRequest } from "./certificate-request.ts";
import { challenge } from "./challenge.ts";
import { clusterIssuer } from "./cluster-issuer.ts";
import { clusterRole } from "./cluster-role.ts";
import { cronJob } from "./cron-job.ts";
import { customResourceDefinition } from "./custom-resource-definition.ts";
import { daemonSet } from "./daemon-set.ts";
import { deployment } from "./deployment.ts";
import { endpointSlice } from "./endpoint-slice.ts";
import { event } from "./event.ts";
import type { Evidence } from "./evidence.ts";
import { gitRepository } from "./git-repository.ts";
import { ingress } from "./ingress.ts";
import { ingressClass } from "./ingress-class.ts";
import { job } from "./job.ts";
import { kustomization } from "./kustomization.ts";
import { lease } from "./lease.ts";
import { namespace } from "./namespace.ts";
import { node } from "./node.ts";
import { order } from "./order.ts";
import { pod } from "./pod.ts";
import { project } from "./project.ts";
import { replicaSet } from "./replica-set.ts";
import { roleBinding } from "./role-binding.ts";
import { secret } from "./secret.ts";
import { service } from "./service.ts";
import { serviceAccount } from "./service-account.ts";
import { statefulSet } from "./stateful-set.ts";

/** Every kind that the bot reads or makes, in the order in which its rights are told: what it changes, then what it looks at. */
export const evidence: readonly Evidence[] = [
  namespace,
  serviceAccount,
  secret,
  roleBinding,
  clusterRole,
  gitRepository,
  kustomization,
  pod,
  service,
  endpointSlice,
  deployment,
  statefulSet,
  daemonSet,
  job,
  cronJob,
  replicaSet,
  ingress,
  ingressClass,
  certificate,
  certificateRequest,
  order,
  challenge,
  clusterIssuer,
  node,
  event,
  project,
  customResourceDefinition,
  lease,
];
