import type { Params } from "../../project/params.ts";
import { own } from "../own.ts";

const TYPES: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of fields",
  record: "a group of fields",
};
const COUNTED: Record<string, string> = { array: " entries", string: " characters" };

const SENTENCES: Record<string, (p: Params) => string> = {
  missing: (p) => `${p.field} is missing`,
  choice: (p) => `${p.field} should be ${orOf(String(p.wanted))}`,
  type: (p) => `${p.field} should be ${own(TYPES, String(p.wanted)) ?? p.wanted}`,
  time: (p) => `${p.field} should be a date and time`,
  least: (p) => `${p.field} should have at least ${p.wanted}${own(COUNTED, String(p.of)) ?? ""}`,
  most: (p) => `${p.field} should have at most ${p.wanted}${own(COUNTED, String(p.of)) ?? ""}`,
  newer: () => "a newer version of Slipway wrote its status",
};

/** What keeps a stored Project from being read, without a full stop: `status.phase should be Launching, Live or Failed`. */
export function fault(p: Params): string {
  const sentence =
    own(SENTENCES, String(p.fault))?.(p) ?? `${p.field} has a value that this version of Slipway does not know`;
  const more = typeof p.more === "number" ? p.more : 0;
  return more === 0
    ? sentence
    : `${sentence}, and ${more === 1 ? "one more field is" : `${more} more fields are`} wrong`;
}

function orOf(choices: string): string {
  const last = choices.lastIndexOf(", ");
  return last < 0 ? choices : `${choices.slice(0, last)} or ${choices.slice(last + 2)}`;
}
