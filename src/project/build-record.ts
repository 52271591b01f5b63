import { z } from "zod";
import { openObject } from "./open-object.ts";

const instant = z.iso.datetime({ offset: true });

const job = openObject({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  step: z.string().optional(),
  stepNumber: z.number().optional(),
  stepCount: z.number().optional(),
  startedAt: instant.nullish(),
  completedAt: instant.nullish(),
});

/** A run of the workflow that makes the image, as status keeps it. */
export const buildRecord = openObject({
  id: z.number(),
  number: z.number(),
  attempt: z.number(),
  sha: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  url: z.string(),
  startedAt: instant,
  completedAt: instant.nullish(),
  jobs: z.array(job).default([]),
  /** Of a failed build: job, step and its last lines, secrets masked. */
  failure: openObject({ job: z.string(), step: z.string(), lines: z.array(z.string()) }).optional(),
});
