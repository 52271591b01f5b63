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
  const access = createAccess(parseAccessFile(file), en, members);
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
  const access = createAccess(OPEN_ACCESS, en, members);
  const project = aProject({ requestedBy: "U0ADA" });
  expect(await access.refusal({ person: "U0LIN", channel: undefined, right: "launch" })).toBeUndefined();
  expect(await access.refusal({ person: "U0ADA", channel: undefined, right: "remove", project })).toBeUndefined();
  expect(await access.refusal({ person: "U0LIN", channel: undefined, right: "remove", project })).toBe(
    "Only <@U0ADA>, who launched it, or an admin may do that.",
  );
});

test("a refusal says who may", async () => {
  const access = createAccess(parseAccessFile("default: none"), en, members);
  const asked = { person: "U0LIN", channel: undefined };
  expect(await access.refusal({ ...asked, right: "look" })).toBe("That is for viewers.");
  expect(await access.refusal({ ...asked, right: "launch" })).toBe("That is for developers.");
});

test("a wrong file is refused with every problem at once", () => {
  const wrong = () =>
    parseAccessFile("rules: [{ role: boss, users: [ada] }, { role: developer, channels: [launches] }]");
  for (const part of ["rules[0].role", "is not a Slack user's id", "is not a Slack channel's id"])
    expect(wrong).toThrow(part);
  expect(() => parseAccessFile("rules: [{ role: admin }]")).toThrow("names nobody");
  expect(parseAccessFile("")).toEqual(OPEN_ACCESS);
});
