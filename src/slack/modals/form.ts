import type { ModalView } from "@slack/types";
import { z } from "zod";
import type { Call } from "../call.ts";
import type { Desk } from "../desk.ts";

/** A form that somebody submitted. */
export interface Submission {
  viewId: string;
  privateMetadata: string;
  /** What Slack sends as `view.state.values`: by block id, by action id. */
  values: unknown;
}

/** What becomes of the form: errors under its fields, something else in its place, or nothing, which closes it. */
export type Answer = { errors: Record<string, string> } | { view: ModalView } | undefined;

export interface Form {
  callbackId: string;
  submit(submission: Submission, call: Call, desk: Desk): Promise<Answer>;
}

const text = z.record(z.string(), z.record(z.string(), z.looseObject({ value: z.string().nullish() })));

/** The text in a field, trimmed; empty where there is none. */
export function textOf(values: unknown, field: string): string {
  return text.parse(values)[field]?.[field]?.value?.trim() ?? "";
}
