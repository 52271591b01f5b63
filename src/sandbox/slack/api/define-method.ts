import type { z } from "zod";
import type { Fields, Slack } from "../model.ts";
import { Refusal } from "../refusal.ts";

export interface Method {
  /** Any one of these lets the call through; none: no scope is needed. */
  scopes: string[];
  token: "bot" | "app" | "none";
  /** Throws Refusal. */
  run(slack: Slack, given: Fields): Fields;
  /** The channel that the call's rate limit counts for. */
  channelOf?(given: Fields): string | undefined;
}

/** Ties a method's arguments, as a schema, to what it does. */
export function defineMethod<Schema extends z.ZodType>(method: {
  scopes?: string[];
  token?: Method["token"];
  arguments: Schema;
  run(slack: Slack, given: z.infer<Schema>): Fields;
  channelOf?: Method["channelOf"];
}): Method {
  return {
    scopes: method.scopes ?? [],
    token: method.token ?? "bot",
    ...(method.channelOf === undefined ? {} : { channelOf: method.channelOf }),
    run(slack, given) {
      const parsed = method.arguments.safeParse(given);
      if (parsed.success) return method.run(slack, parsed.data);
      throw new Refusal("invalid_arguments", {
        response_metadata: {
          messages: parsed.error.issues.map(
            (issue) => `[ERROR] ${wording(issue)} [json-pointer:/${issue.path.join("/")}]`,
          ),
        },
      });
    },
  };
}

function wording(issue: z.core.$ZodIssue): string {
  // A field that is not there shows as the wrong type; Slack calls it missing.
  return issue.code === "invalid_type" && issue.message.includes("undefined")
    ? `missing required field: ${String(issue.path.at(-1))}`
    : issue.message;
}
