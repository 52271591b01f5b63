import { expect, test } from "vitest";
import { createPeople } from "../../src/slack/create-people.ts";
import { startWorkspace } from "../sandbox/slack/start-workspace.ts";

async function people(scopes?: string[]) {
  const slack = await startWorkspace(scopes ? { scopes } : {});
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead), sleep: async () => {} };
  const { idOf } = createPeople(slack.client, clock);
  const asked = () => slack.calls.filter(({ path }) => path.includes("users.lookupByEmail")).length;
  const later = (seconds: number) => {
    ahead += seconds * 1000;
  };
  return { idOf, asked, later, lin: slack.workspace.state().people.find(({ name }) => name === "lin")?.id };
}

test("somebody is found by the e-mail address of their commits, and asked for once a day", async () => {
  const { idOf, asked, later, lin } = await people();
  expect(lin).toBeDefined();
  expect([await idOf("lin@acme.test"), await idOf("lin@acme.test")]).toEqual([lin, lin]);
  expect(asked()).toBe(1);
  later(25 * 3_600);
  expect(await idOf("lin@acme.test")).toBe(lin);
  expect(asked()).toBe(2);
});

test("who is not in the workspace is nobody, and may have joined an hour later", async () => {
  const { idOf, asked, later } = await people();
  expect([await idOf("eve@elsewhere.test"), await idOf("eve@elsewhere.test")]).toEqual([undefined, undefined]);
  expect(asked()).toBe(1);
  later(2 * 3_600);
  await idOf("eve@elsewhere.test");
  expect(asked()).toBe(2);
});

test("an address that GitHub made up for somebody's privacy is not asked for", async () => {
  const { idOf, asked } = await people();
  expect(await idOf("1234+lin@users.noreply.github.com")).toBeUndefined();
  expect(asked()).toBe(0);
});

test("an app that was not granted users:read.email knows nobody, and does not go on asking", async () => {
  const { idOf, asked } = await people(["chat:write"]);
  expect([await idOf("lin@acme.test"), await idOf("lin@acme.test")]).toEqual([undefined, undefined]);
  expect(asked()).toBe(1);
});
