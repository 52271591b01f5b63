import { expect, test } from "vitest";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

async function failedPush(known: Record<string, string>): Promise<MemoryWorld> {
  const world = createWorld();
  for (const [email, id] of Object.entries(known)) world.people.set(email, id);
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  world.wait(120);
  world.github.build.conclusion = "failure";
  const sha = world.github.push("acme/rrr", "Feature");
  await world.until(() => world.status().deploys.some((deploy) => deploy.sha === sha && deploy.state === "failed"));
  return world;
}

function told(world: MemoryWorld) {
  const project = world.projects.stored.get("rrr");
  return project
    ? thread(project, en, world.now()).map((each) => ({ ...each, says: JSON.stringify(each.blocks) }))
    : [];
}

test("a failed push calls its author where their e-mail address tells who they are in Slack, and nobody else", async () => {
  const world = await failedPush({ "ada@acme.example": "U0AUTHOR" });
  const { requestedBy } = world.projects.stored.get("rrr")?.spec.slack ?? {};
  const calls = told(world).filter(({ says }) => says.includes("<@U0AUTHOR>"));
  expect(calls.map(({ key, broadcast }) => [key.split("/")[0], broadcast])).toEqual([["finding", true]]);
  expect(calls[0]?.says).not.toContain(`<@${requestedBy}>`);
});

test("whoever launched the project is called where the author is nobody in Slack", async () => {
  const world = await failedPush({});
  const { requestedBy } = world.projects.stored.get("rrr")?.spec.slack ?? {};
  const calls = told(world).filter(({ key, says }) => key.startsWith("finding") && says.includes(`<@${requestedBy}>`));
  expect(calls).toHaveLength(1);
});
