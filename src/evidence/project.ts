import type { Evidence } from "./evidence.ts";

export const project: Evidence = {
  kind: "Project",
  watch: { by: "namespace" },
  // What is reconciled is read from the API server; the watch tells which, whose repository, and
  // whether it is under way or waits to be told of a push.
  keep: ({ status, ...rest }) => {
    const { phase, deploys, repository } = (status ?? {}) as Record<string, unknown>;
    const last: unknown[] = Array.isArray(deploys) ? deploys.slice(-1) : [];
    const { hookPinged } = Object(repository);
    return {
      ...rest,
      status: {
        phase,
        deploys: last.map((deploy) => ({ state: Object(deploy).state })),
        ...(hookPinged === undefined ? {} : { repository: { hookPinged } }),
      },
    };
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
