import type { Params } from "../../../project/params.ts";

type Fix = keyof typeof FIXES;

const is = (what: string) => (one: boolean) => `${one ? "is" : "are"} ${what}`;
const has = (what: string) => (one: boolean) => `${one ? "has" : "have"} ${what}`;

/** By what nodes lack: what is said of one or several, and what to do about it. */
const LACKS: Record<string, { said: (one: boolean, p: Params) => string; fix: Fix }> = {
  memory: { said: has("too little free memory"), fix: "less" },
  cpu: { said: has("too little free CPU"), fix: "less" },
  disk: { said: has("too little free disk space"), fix: "less" },
  pods: { said: has("no room for another pod (maximum number of pods)"), fix: "room" },
  taint: {
    said: (one, p) =>
      has(`${one ? "a taint" : "taints"} that the pod does not tolerate${p.taints ? ` (${p.taints})` : ""}`)(one),
    fix: "tolerate",
  },
  cordoned: { said: is("cordoned"), fix: "uncordon" },
  ports: { said: has("the pod’s host port in use"), fix: "ports" },
  spread: { said: is("ruled out by the pod’s topologySpreadConstraints"), fix: "select" },
  neighbours: { said: is("ruled out by pod affinity or anti-affinity"), fix: "select" },
  selector: { said: is("ruled out by the pod’s nodeSelector or node affinity"), fix: "select" },
  volume: { said: () => "cannot use the pod’s volume", fix: "select" },
};

const FIXES = {
  less: "Lower resources.requests in k8s/ and push, or ask an operator to add a node.",
  room: "Ask an operator to add a node.",
  tolerate: "Add a toleration in k8s/ and push, or ask an operator to remove the taint.",
  select: "Change the rule in k8s/ and push, or ask an operator for a node that meets it.",
  uncordon: "Ask an operator to uncordon a node.",
  ports: "Remove hostPort in k8s/ and push.",
};

/** Why no node can run a pod. */
export const unfit = {
  /** With the numbers of nodes; of the only one without. */
  nodes: (p: Params): string =>
    [
      ...Object.entries(LACKS).flatMap(([lack, { said }]) =>
        p[lack] === undefined ? [] : [`${p.nodes === 1 ? "it" : p[lack]} ${said(p[lack] === 1, p)}`],
      ),
      ...(p.unnamed ? [String(p.unnamed)] : []),
    ].join(", "),
  /** One for each kind of thing that is lacking; what the scheduler says where none of them has a name. */
  fix: (p: Params): string => {
    const kinds = Object.entries(LACKS).flatMap(([lack, { fix }]) => (p[lack] === undefined ? [] : [fix]));
    if (kinds.length === 0) return `Read what the scheduler says: kubectl -n ${p.namespace} describe pod ${p.pod}.`;
    return [...new Set(kinds)].map((kind) => FIXES[kind]).join(" ");
  },
};
