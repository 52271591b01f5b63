import type { cluster as codes } from "../../../project/finding-params/cluster.ts";
import type { Params } from "../../../project/params.ts";
import type { FindingsWords } from "../../words.ts";

const WAITS = () => "Launches wait, and Slipway cannot tell whether applications are running.";

const at = (p: Params) => (p.server ? ` at ${p.server}` : "");

export const cluster: FindingsWords<keyof typeof codes> = {
  "cluster-unreachable": {
    title: () => "Slipway cannot reach the cluster",
    cause: (p) =>
      p.answer === "unclear"
        ? `What came back from the API server${at(p)} is not a complete answer, so Slipway cannot tell whether the request was carried out.`
        : `The API server${at(p)} does not answer.`,
    impact: WAITS,
    fix: (p) =>
      p.answer === "unclear"
        ? "Check in a moment whether it was done, and try again only if it was not. If this lasts, an operator checks the network between Slipway and the API server."
        : "An operator checks the address and port 6443 of the control plane.",
  },
  "cluster-credentials-refused": {
    title: () => "The cluster refuses Slipway's credentials",
    cause: () => "The API server rejects Slipway's token or certificate.",
    impact: WAITS,
    fix: () => "An operator renews the kubeconfig or the ServiceAccount's token.",
  },
  "cluster-unwell": {
    title: () => "The cluster's API server fails",
    cause: (p) => `The API server answered ${p.code}.`,
    impact: WAITS,
    fix: () => "Slipway tries again. If this lasts, an operator checks the control plane.",
  },
  "rbac-missing": {
    title: () => "Slipway lacks a permission in the cluster",
    cause: () => "The API server does not allow Slipway's ServiceAccount to do this. The verb and resource are below.",
    impact: () => "The launch stops here. Slipway keeps what it created.",
    fix: () => "An operator runs kubectl apply --server-side -k manifests/base. Then press Retry.",
  },
  "object-invalid": {
    title: () => "The cluster rejects an object",
    cause: () => "The API server rejects an object that Slipway creates.",
    impact: () => "The launch stops here. Slipway keeps what it created.",
    fix: () => "Fix the cause below, then press Retry.",
  },
  "object-conflict": {
    title: () => "Someone else changed the object at the same time",
    cause: () => "The object changed while Slipway was writing it.",
    impact: () => "Slipway tries again.",
    fix: () => "You need not do anything.",
  },
  "object-missing": {
    title: () => "Part of the project is gone",
    cause: () => "An object that existed before is no longer there.",
    impact: () => "Slipway checks again.",
    fix: () => "Press Retry.",
  },
  "watch-expired": {
    title: () => "The cluster no longer has what was read last",
    cause: () => "The API server has dropped the version that a watch was to continue from.",
    impact: () => "Slipway reads everything again.",
    fix: () => "You need not do anything.",
  },
  "object-exists": {
    title: () => "The object already exists",
    cause: () => "An object with that name already exists.",
    impact: () => "Slipway did not change it.",
    fix: () => "Press Retry.",
  },
};
