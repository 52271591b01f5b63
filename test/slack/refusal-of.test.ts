import { WebAPIPlatformError } from "@slack/web-api";
import { expect, test } from "vitest";
import { refusalOf } from "../../src/slack/deliver/refusal-of.ts";

test.each([
  ["message_not_found", "gone"],
  ["thread_not_found", "gone"],
  ["cant_update_message", "gone"],
  ["edit_window_closed", "gone"],
  ["channel_not_found", "problem"],
  ["not_in_channel", "problem"],
  ["is_archived", "problem"],
  ["is_inactive", "problem"],
  ["ratelimited", "wait"],
  ["internal_error", "lost"],
  ["an_error_of_tomorrow", "other"],
])("of what is not there any more Slack says %s: %s", (error, kind) => {
  expect(refusalOf(new WebAPIPlatformError({ ok: false, error })).kind).toBe(kind);
});
