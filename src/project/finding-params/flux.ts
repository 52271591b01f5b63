import { z } from "zod";

const text = z.string();
const yes = z.enum(["yes", ""]).catch("");

/** `artifact`: something was fetched before; `running`: pods of it were seen to be ready. */
const source = z.object({
  url: text.default(""),
  artifact: yes,
  address: text.default(""),
  reason: text.default(""),
  running: yes,
});
/** `applied`: what Flux had applied before it failed. */
const manifests = z.object({ environment: text, path: text, applied: text.default("") });

export const flux = {
  "flux-source-timeout": source,
  "flux-source-failed": source,
  /** `by`: who suspended it, where that is known. */
  "flux-suspended": z.object({ kind: text, name: text, namespace: text, by: text.default("") }),
  "flux-path-missing": manifests,
  "flux-build-failed": manifests,
  "flux-apply-failed": manifests,
  "flux-health-timeout": manifests,
  "flux-namespace-terminating": z.object({
    method: text.optional(),
    path: text.optional(),
    code: z.number().optional(),
  }),
  /** `going`: it is still being deleted. */
  "namespace-gone": z.object({ namespace: text, environment: text, going: yes }),
};
