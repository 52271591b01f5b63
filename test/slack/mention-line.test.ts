import { expect, test } from "vitest";
import { mentionLine } from "../../src/slack/mention-line.ts";

test.each([
  ["<@U0BOT> status rrr", "status rrr"],
  ["<@U0BOT|slipway> status", "status"],
  ["status <@U0BOT>", "status"],
  ["<@U0BOT> status of rrr", "status rrr"],
  ["<@U0BOT> Please, status for the project rrr, please?", "status rrr"],
  ["hey <@U0BOT> retry rrr!", "retry rrr"],
  ["<@U0BOT> create my-app template=nextjs", "create my-app template=nextjs"],
  ["<@U0BOT> status project", "status project"],
  ["<@U0BOT> pin rrr 1a2b3c4.", "pin rrr 1a2b3c4"],
  ["<@U0BOT>", ""],
])("a mention that reads %s is the line %s", (text, line) => {
  expect(mentionLine(text)).toBe(line);
});
