import { z } from "zod";

/** A name as the expression of a placeholder can say it. */
const identifier = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, "must be letters, digits and _, beginning with a letter");

const pattern = z.string().refine(isPattern, "is not a regular expression");

const variable = z.strictObject({
  name: identifier,
  description: z.string().min(1),
  /** Absent: a launch must give it. */
  default: z.string().optional(),
  /** A regular expression that the whole value must match. */
  pattern: pattern.optional(),
});

/** template.yaml, the one file of a template that is not part of the project made. */
export const templateManifest = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "must be lower-case letters, digits and hyphens"),
  title: z.string().min(1),
  description: z.string().min(1),
  variables: z.array(variable).default([]),
  /** What a build usually takes, until the project has builds of its own. */
  buildSeconds: z.number().int().positive(),
  /** Below 1024 a container that is not root could not listen. */
  port: z.number().int().min(1024).max(65_535),
  /** Answers 200 over HTTP once the application can take requests. */
  healthPath: z.string().startsWith("/").default("/healthz"),
  /** Each file under `path` is rendered once for every environment, which it sees under the name `as`. */
  repeat: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        for: z.literal("environments"),
        as: identifier.default("environment"),
      }),
    )
    .default([]),
  /** Globs of files that are copied as they are: what must show a delimiter of ours. */
  verbatim: z.array(z.string().min(1)).default([]),
});

export type TemplateManifest = z.output<typeof templateManifest>;

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}
