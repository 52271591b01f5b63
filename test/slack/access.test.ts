import { expect, test } from "vitest";
import { OPEN_ACCESS, parseAccessFile } from "../../src/slack/access/access-file.ts";
import { createAccess } from "../../src/slack/access/create-access.ts";
import { en } from "../../src/words/en/index.ts";
import { aProject } from "./a-project.ts";

const members = async (group: string) => (group === "S0OPS" ? ["U0OPS"] : []);
const file = `
default: viewer
rules:
  - role: developer
    channels: [C0LAUNCHES]
  - role: admin
    groups: [S0OPS]
  - role: developer
    users: [U0ADA]
    channels: [C0ADA]
`;

test("roles come from user, group and channel, the highest that applies", async () => {
  const access = createAccess(() => parseAccessFile(file), en, members);
  const may = async (person: string, channel: string, right: "look" | "launch" | "remove") =>
    (await access.refusal({ person, channel, right, project: aProject({ requestedBy: "U0ADA" }) })) === undefined;
  expect(await may("U0LIN", "C0ELSE", "look")).toBe(true);
  expect(await may("U0LIN", "C0ELSE", "launch")).toBe(false);
  expect(await may("U0LIN", "C0LAUNCHES", "launch")).toBe(true);
  expect(await may("U0LIN", "C0LAUNCHES", "remove")).toBe(false);
  expect(await may("U0OPS", "C0ELSE", "remove")).toBe(true);
  expect(await may("U0ADA", "C0ADA", "remove")).toBe(true);
  // It is hers, but there she is a viewer.
  expect(await may("U0ADA", "C0ELSE", "remove")).toBe(false);
});

test("without a file everybody launches, and who launched removes", async () => {
  const access = createAccess(() => OPEN_ACCESS, en, members);
  const project = aProject({ requestedBy: "U0ADA" });
  expect(await access.refusal({ person: "U0LIN", channel: undefined, right: "launch" })).toBeUndefined();
  expect(await access.refusal({ person: "U0ADA", channel: undefined, right: "remove", project })).toBeUndefined();
  expect(await access.refusal({ person: "U0LIN", channel: undefined, right: "remove", project })).toBe(
    "Only <@U0ADA>, who launched it, or an admin may do that.",
  );
});

test("a refusal says who may", async () => {
  const access = createAccess(() => parseAccessFile("default: none"), en, members);
  const asked = { person: "U0LIN", channel: undefined };
  expect(await access.refusal({ ...asked, right: "look" })).toBe("Only viewers may do that.");
  expect(await access.refusal({ ...asked, right: "launch" })).toBe("Only developers may do that.");
});

test("a wrong file is refused with every problem at once", () => {
  const wrong = () =>
    parseAccessFile("rules: [{ role: boss, users: [ada] }, { role: developer, channels: [launches] }]");
  for (const part of ["rules[0].role", "is not a Slack user's id", "is not a Slack channel's id"])
    expect(wrong).toThrow(part);
  expect(() => parseAccessFile("rules: [{ role: admin }]")).toThrow("names nobody");
  expect(parseAccessFile("")).toEqual(OPEN_ACCESS);
});

test("what is wrong is named by its line and field", () => {
  const said = (text: string) => {
    try {
      return parseAccessFile(text);
    } catch (error) {
      return error instanceof Error ? error.message.split("; ") : error;
    }
  };
  const rules = [
    "default: boss",
    "rules:",
    "  - users: [U0ADA]",
    "  - role: admin",
    "    user: U0ADA",
    "    users: [ada]",
  ];
  expect(said(rules.join("\n"))).toEqual([
    "line 1, default: must be viewer, developer, admin or none",
    "line 3, rules[0].role: must be viewer, developer or admin",
    "line 6, rules[1].users[0]: is not a Slack user's id (U…)",
    "line 5, rules[1].user: is no field of this file",
  ]);
  expect(said("default: viewer\nrules:\n  - role: [admin\n")).toEqual([expect.stringMatching(/^line [34]: /)]);
  expect(said("- role: admin")).toEqual([expect.stringMatching(/^line 1: /)]);
});

test("a rule that names environments counts for what changes one of them, and for looking", async () => {
  const staging = "default: none\nrules: [{ role: developer, users: [U0ADA], environments: [staging] }]";
  const access = createAccess(() => parseAccessFile(staging), en, members);
  const asked = { person: "U0ADA", channel: undefined, right: "launch" as const };
  expect(await access.refusal({ ...asked, environment: "staging" })).toBeUndefined();
  expect(await access.refusal({ ...asked, environment: "production" })).toBe(
    "Only developers may do that in production.",
  );
  expect(await access.refusal(asked)).toBe("Only developers may do that.");
  expect(await access.refusal({ ...asked, right: "look" })).toBeUndefined();
  expect(await access.refusal({ ...asked, person: "U0LIN", environment: "staging" })).toBe(
    "Only developers may do that in staging.",
  );
});
