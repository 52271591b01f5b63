import type { Evidence } from "./evidence.ts";

export const project: Evidence = {
  kind: "Project",
  watch: { by: "namespace" },
  // What is reconciled is read from the API server; the watch tells which, whose repository, and whether it is under way.
  keep: ({ status, ...rest }) => {
    const { phase, deploys } = (status ?? {}) as { phase?: unknown; deploys?: unknown }; // each read as unknown
    const last: unknown[] = Array.isArray(deploys) ? deploys.slice(-1) : [];
    return { ...rest, status: { phase, deploys: last.map((deploy) => ({ state: Object(deploy).state })) } };
  },
  rights: [
    {
      own: true,
      verbs: ["get", "list", "watch", "create", "patch", "delete"],
      why: "Its state: a command writes a wish, delete removes the object at the end",
    },
    { own: true, subresource: "status", verbs: ["update"], why: "What it saw and did" },
  ],
};
