import type { Params } from "../../../project/params.ts";
import type { FindingWords } from "../../words.ts";

/** Where each cloud keeps its firewall, and how a rule is written there. */
const RULES: Record<string, (p: Params) => string> = {
  tencent: (p) =>
    `Tencent Cloud: Console → Cloud Virtual Machine → Security Groups → the instance's group → Inbound rules → Add: protocol port TCP:${p.port}, source 0.0.0.0/0, allow.`,
  alibaba: (p) =>
    `Alibaba Cloud: Console → ECS → Security Groups → Inbound → Add: TCP, port range ${p.port}/${p.port}, source 0.0.0.0/0, allow.`,
  aws: (p) =>
    `AWS: EC2 → Security Groups → the instance's group → Edit inbound rules → Add: Custom TCP, port ${p.port}, source 0.0.0.0/0.`,
  google: (p) =>
    `Google Cloud: VPC network → Firewall → Create rule: ingress, source 0.0.0.0/0, tcp:${p.port}, the node's network tag.`,
  azure: (p) =>
    `Azure: the node's Network security group → Inbound security rules → Add: TCP, destination port ${p.port}, source Any, allow.`,
  hetzner: (p) => `Hetzner Cloud: Firewalls → the server's firewall → Inbound → Add: TCP, port ${p.port}, source any.`,
};

export const network: Record<string, FindingWords> = {
  "port-blocked": {
    title: (p) => `Port ${p.port} is blocked from outside`,
    cause: (p) =>
      `${p.address}:${p.port} never answers a connection from outside, while it answers inside: a firewall or security group drops it.`,
    impact: (p) => `The application runs, but nobody outside reaches ${p.host}.`,
    fix: (p) =>
      RULES[p.cloud ?? ""]?.(p) ?? `Let TCP ${p.port} in from 0.0.0.0/0 in the firewall of the node or its cloud.`,
  },
  "ingress-missing": {
    title: (p) => `No route leads to ${p.host}`,
    cause: (p) =>
      p.hosts
        ? `The manifests of ${p.environment} are applied. Their Ingress is for ${p.hosts}, and none for ${p.host}.`
        : `The manifests of ${p.environment} are applied, and there is no Ingress among them.`,
    impact: (p) => `Nobody reaches ${p.host}.`,
    fix: (p) => `Add a rule for ${p.host} to the Ingress in k8s/ and push.`,
  },
  "cert-challenge-waits": {
    title: (p) => `The certificate for ${p.host} is waiting`,
    cause: (p) => `cert-manager’s own check of ${p.host} does not pass, so ${p.issuer} is not asked yet.`,
    impact: (p) => `HTTPS does not work for ${p.host}. No attempt is used up.`,
    fix: (p) => `Point the DNS record of ${p.host} at the cluster. cert-manager looks again every ten seconds.`,
  },
  "cert-challenge-failed": {
    title: () => "The certificate was refused",
    cause: (p) => `${p.issuer} could not validate ${p.host}.`,
    impact: () => "HTTPS does not work yet. Only five failures an hour are allowed, so it is not tried again blindly.",
    fix: (p) => `See that ${p.host} points to the cluster and port 80 is open from outside, then retry.`,
  },
};
