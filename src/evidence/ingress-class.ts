import type { Evidence } from "./evidence.ts";

export const ingressClass: Evidence = {
  kind: "IngressClass",
  rights: [{ verbs: ["list"], why: "Which class an Ingress gets" }],
};
