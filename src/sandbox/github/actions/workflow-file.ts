import { parse } from "yaml";
import { z } from "zod";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const environment = z.record(z.string(), scalar.nullable()).default({});
const names = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const permissions = z.union([
  z.literal("read-all"),
  z.literal("write-all"),
  z.record(z.string(), z.enum(["read", "write", "none"])),
]);

const concurrency = z
  .union([scalar, z.object({ group: scalar, "cancel-in-progress": z.union([z.boolean(), z.string()]).default(false) })])
  .transform((value) => (typeof value === "object" ? value : { group: value, "cancel-in-progress": false }));

const step = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  if: scalar.optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), scalar.nullable()).default({}),
  env: environment,
  "continue-on-error": z.union([z.boolean(), z.string()]).optional(),
});

const job = z.object({
  name: z.string().optional(),
  needs: names.default([]),
  if: scalar.optional(),
  "runs-on": z.union([z.string(), z.array(z.string()), z.looseObject({})]).default("ubuntu-latest"),
  permissions: permissions.optional(),
  env: environment,
  outputs: z.record(z.string(), z.string()).default({}),
  concurrency: concurrency.optional(),
  environment: z
    .union([z.string(), z.looseObject({ name: z.string() })])
    .transform((value) => (typeof value === "string" ? value : value.name))
    .optional(),
  /** A workflow that is called. */
  uses: z.string().optional(),
  strategy: z
    .object({ matrix: z.record(z.string(), z.unknown()).optional(), "fail-fast": z.boolean().optional() })
    .optional(),
  steps: z.array(step).default([]),
});

const pushFilter = z
  .object({
    branches: names.optional(),
    "branches-ignore": names.optional(),
    tags: names.optional(),
    "tags-ignore": names.optional(),
    paths: names.optional(),
    "paths-ignore": names.optional(),
  })
  .nullable();

const trigger = z.union([
  z.string().transform((name) => ({ [name]: null })),
  z.array(z.string()).transform((all) => Object.fromEntries(all.map((name) => [name, null]))),
  z.record(z.string(), z.unknown()),
]);

const workflow = z.object({
  name: z.string().optional(),
  "run-name": z.string().optional(),
  on: trigger.transform((on) => ({
    push: "push" in on ? pushFilter.parse(on.push ?? null) : undefined,
    dispatch: "workflow_dispatch" in on,
  })),
  permissions: permissions.optional(),
  concurrency: concurrency.optional(),
  env: environment,
  jobs: z.record(z.string(), job),
});

export type WorkflowFile = z.output<typeof workflow>;
export type JobFile = z.output<typeof job>;
export type StepFile = z.output<typeof step>;
export type Concurrency = z.output<typeof concurrency>;
export type Permissions = z.output<typeof permissions>;

/** A workflow file as https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions has it; throws on one that GitHub would refuse too. */
export function parseWorkflow(text: string): WorkflowFile {
  return workflow.parse(parse(text));
}
