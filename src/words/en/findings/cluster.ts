import type { Params } from "../../../project/params.ts";
import type { FindingWords } from "../../words.ts";

const WAITS = () => "Launches wait. Until this is fixed, Slipway cannot tell whether applications are running.";

const at = (p: Params) => (p.server ? ` at ${p.server}` : "");

export const cluster: Record<string, FindingWords> = {
  "cluster-unreachable": {
    title: () => "Slipway cannot reach the cluster",
    cause: (p) =>
      p.answer === "unclear"
        ? `What came back from the API server${at(p)} is no whole answer of its: whether it did what was asked is not known.`
        : `The API server${at(p)} does not answer.`,
    impact: WAITS,
    fix: (p) =>
      p.answer === "unclear"
        ? "Look in a moment whether it was done; ask again only if not. If it lasts, look at what is between Slipway and the API server."
        : "Check the address, and port 6443 of the control plane.",
  },
  "cluster-credentials-refused": {
    title: () => "The cluster refuses Slipway's credentials",
    cause: () => "The API server does not accept the token or certificate.",
    impact: WAITS,
    fix: () => "An operator renews the kubeconfig, or the ServiceAccount's token.",
  },
  "cluster-unwell": {
    title: () => "The cluster's API server is unwell",
    cause: (p) => `The API server answered ${p.code}.`,
    impact: WAITS,
    fix: () => "It is tried again; if it lasts, look at the control plane.",
  },
  "rbac-missing": {
    title: () => "Slipway lacks a right in the cluster",
    cause: () => "The API server forbids this to Slipway's ServiceAccount; verb and resource are below.",
    impact: () => "The launch stops here; what was made stays.",
    fix: () => "An operator runs kubectl apply --server-side -k manifests/base once more; then retry.",
  },
  "object-invalid": {
    title: () => "The cluster refuses an object",
    cause: () => "The API server does not accept an object that Slipway makes.",
    impact: () => "The launch stops here; what was made stays.",
    fix: () => "The reason is below; retry once it is fixed.",
  },
  "object-conflict": {
    title: () => "Somebody else changed the object meanwhile",
    cause: () => "An object changed between reading and writing.",
    impact: () => "It is tried again.",
    fix: () => "Nothing to do.",
  },
  "object-missing": {
    title: () => "Something of the project is gone",
    cause: () => "An object that stood there is no longer there.",
    impact: () => "It is looked at again.",
    fix: () => "Retry.",
  },
  "object-exists": {
    title: () => "It exists already",
    cause: () => "An object of that name exists already.",
    impact: () => "It was not touched.",
    fix: () => "Retry.",
  },
};
