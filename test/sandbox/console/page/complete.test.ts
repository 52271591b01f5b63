import { describe, expect, test } from "vitest";
import { complete } from "../../../../src/sandbox/console/page/views/complete.ts";

const directory = {
  people: [
    { id: "U1", name: "ada", realName: "Ada Moreau", isBot: false },
    { id: "U2", name: "slipway", realName: "Slipway", isBot: true },
  ],
  channels: [{ id: "C1", name: "launches", topic: "", isMember: true, isArchived: false, isDirect: false }],
  commands: [{ command: "/project", description: "Projects", usageHint: "create NAME | status [NAME] | list" }],
};
const at = (text: string) => complete(text, text.length, directory);
const inserts = (text: string) => at(text)?.suggestions.map(({ insert }) => insert);

describe("completion", () => {
  test("a slash at the beginning is a command, elsewhere it is not", () => {
    expect(inserts("/")).toEqual(["/project "]);
    expect(inserts("/pro")).toEqual(["/project "]);
    expect(at("see /pro")).toBeUndefined();
    expect(at("/other")).toBeUndefined();
  });

  test("after a command come the words of its usage", () => {
    expect(inserts("/project ")).toEqual(["create ", "status ", "list "]);
    expect(inserts("/project st")).toEqual(["status "]);
    const dotted = { ...directory, commands: [{ command: "/p", description: "", usageHint: "create NAME · list" }] };
    expect(complete("/p ", 3, dotted)?.suggestions.map(({ label }) => label)).toEqual(["create NAME", "list"]);
    expect(at("/project create rrr")).toBeUndefined();
  });

  test("people by any part of their name, channels and emoji, in the middle of a sentence", () => {
    expect(inserts("ask @mor")).toEqual(["@ada "]);
    expect(inserts("in #la")).toEqual(["#launches "]);
    expect(inserts("go :rocke")).toEqual(["🚀 "]);
    expect(at("go :rocke")?.start).toBe(3);
    expect(at("mail ada@moreau")).toBeUndefined();
    expect(at("10:41")).toBeUndefined();
  });
});
