import { z } from "zod";

const text = z.string();
/** Of a template: `place` is the file and line. */
const fault = z.object({ file: text, line: z.number(), place: text, reason: text, fix: text });

/** What stops a launch before it has begun. */
export const launch = {
  "name-illegal": z.object({ name: text }),
  "project-exists": z.object({ name: text }),
  "template-unknown": z.object({ template: text }),
  "template-invalid": fault,
  "template-unrendered": fault,
  "domain-missing": z.object({}),
  "domain-illegal": z.object({ domain: text }),
  "environment-illegal": z.object({ environment: text }),
  "owner-unknown": z.object({ owner: text }),
  "namespace-taken": z.object({ namespace: text }),
  "ingress-host-conflict": z.object({ host: text, namespace: text, ingress: text }),
  "ingress-class-missing": z.object({ class: text, present: text }),
  "cert-issuer-missing": z.object({ issuer: text }),
  "flux-missing": z.object({}),
  "tenant-role-missing": z.object({}),
};
