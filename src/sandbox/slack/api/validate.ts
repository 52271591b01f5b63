import { z } from "zod";
import type { Fields } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { validateBlocks } from "../validate-blocks.ts";
import { validateView } from "../validate-view.ts";
import { argument } from "./argument.ts";
import { defineMethod, type Method } from "./define-method.ts";

/** blocks.validate: https://docs.slack.dev/reference/methods/blocks.validate */
export const validate: Record<string, Method> = {
  "blocks.validate": defineMethod({
    arguments: z.object({
      blocks: argument.blocks.optional(),
      message: argument.fields.optional(),
      view: argument.fields.optional(),
    }),
    run(slack, given) {
      const parts = [given.blocks, given.message, given.view].filter((part) => part !== undefined);
      if (parts.length !== 1) throw new Refusal("invalid_arguments");
      const workspace = { planBlocks: slack.planBlocks };
      if (given.view !== undefined) {
        const type = given.view.type === "home" ? "home" : "modal";
        return judged("invalid_view", validateView(given.view, type, workspace), "/view");
      }
      const blocks = given.blocks ?? given.message?.blocks;
      const errors = validateBlocks(Array.isArray(blocks) ? blocks : [], "message", workspace);
      return judged(
        given.blocks === undefined ? "invalid_message" : "invalid_blocks",
        errors,
        given.blocks === undefined ? "" : "/blocks",
      );
    },
  }),
};

/** Here errors are objects, and their pointers start at the part that was given. */
function judged(code: string, errors: string[], prefix: string): Fields {
  if (errors.length === 0) return {};
  throw new Refusal(code, {
    errors: errors.map((error) => {
      const [, message = error, pointer = ""] = /^(.*) \[json-pointer:(.*)\]$/.exec(error) ?? [];
      return {
        pointer: pointer.slice(pointer.startsWith(prefix) ? prefix.length : 0),
        code: "failed_constraint",
        message,
      };
    }),
    response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
  });
}
