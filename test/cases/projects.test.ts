import { afterAll, beforeAll, describe, test } from "vitest";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Push } from "../team/checkout.ts";
import { fieldOf } from "../team/field-of.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";

const WORKFLOW = ".github/workflows/build.yml";

let team: Team;
let tidy: Application;

beforeAll(async () => {
  team = await startTeam();
  tidy = await team.launch("tidy-app");
});
afterAll(async () => await team?.close());

describe.concurrent("the default branch gets another name", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("branch-app");
    const work = await app.clone();
    await work.git("push", "--quiet", "origin", "HEAD:refs/heads/trunk");
    await team.octokit.repos.update({ ...app.at, default_branch: "trunk" });
    await work.git("push", "--quiet", "origin", "--delete", "main");
    await work.edit(WORKFLOW, (text) => text.replace(/- "?main"?\n/, "- trunk\n"));
    push = await work.push("Work on trunk", "trunk");
    await app.untilRun(push, "completed");
  });

  test("a push to it is deployed, by a source that follows it", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(/\blive\b/);
    await expect.poll(() => app.images()).toEqual([expect.stringContaining(push.tag)]);
    expect(fieldOf(app.object("source.toolkit.fluxcd.io/v1", "GitRepository"), "spec", "ref", "branch")).toBe("trunk");
    expect(app.threads()).toHaveLength(2);
    expect(app.text()).not.toMatch(/\bfailed\b/i);
  });

  // The kind: a repository that is not what it was. Held by test/controller/branch.test.ts, test/steps/repository.test.ts and test/diagnosis/rules/repository.test.ts.
});

describe.concurrent("a commit's title full of Slack's own marks", () => {
  const title =
    "fix <!channel> <!here> <@U0KJB5D50O9> <https://example.com|click> & *all* _of_ ~it~ `x` :rotating_light:";
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("title-app");
    const work = await app.clone();
    push = await work.push(`${title} \u202eabc ${"long ".repeat(80)}\n\nAnd a body.`);
  });

  test("is read as it was written, and calls nobody", async ({ expect }) => {
    const card = () => app.threads().find(({ root }) => root.text.includes("rotating_light"));
    await expect.poll(() => card()?.root.text).toContain("<!channel> <!here> <@U0KJB5D50O9>");
    expect(card()?.root.text).toContain("fix ");
    expect(card()?.pings).toBe(false);
    await expect.poll(() => card()?.root.text).toMatch(/\blive\b/);
    expect(card()?.root.text).toContain(push.short);
  });

  // The kind: what people wrote, in what the bot says. Held by test/slack/escape-text.test.ts and test/slack/limits.test.ts.
});

describe.concurrent("a tag is pushed on a commit that is deployed", () => {
  let app: Application;

  beforeAll(async () => {
    app = await team.launch("tag-app");
    await app.rest();
    const work = await app.clone();
    await work.git("tag", "v1");
    await work.git("push", "--quiet", "origin", "v1");
  });

  test("is no deploy", async ({ expect }) => {
    await app.rest();
    expect(app.threads()).toHaveLength(1);
    expect(app.text()).not.toMatch(/\bfailed\b/i);
  });

  // The kind: pushes that are no deploys. Held by test/controller/overtaking.test.ts and test/controller/branch.test.ts.
});

describe.concurrent("somebody deletes the namespace of a live project", () => {
  let app: Application;
  let before: number;
  const namespace = () => team.store.get({ apiVersion: "v1", kind: "Namespace", name: "ns-app" })?.metadata.uid;

  beforeAll(async () => {
    app = await team.launch("ns-app");
    await app.rest();
    before = app.threads().flatMap(({ replies }) => replies).length;
    const first = namespace();
    team.store.delete({ apiVersion: "v1", kind: "Namespace", name: "ns-app" });
    await until(90, "another namespace", () => namespace() !== undefined && namespace() !== first);
    await until(120, "the site", async () => (await app.site()) === 200);
  });

  test("it is made whole again, with its image", async ({ expect }) => {
    expect(app.images()).toHaveLength(1);
    expect(app.launch().root.text).toMatch(/\blive\b/);
    expect(app.threads()).toHaveLength(1);
  });

  test("that is told, once", async ({ expect }) => {
    const told = () =>
      app
        .threads()
        .flatMap(({ replies }) => replies)
        .slice(before)
        .filter(({ text }) => /namespace/i.test(text));
    await expect.poll(told).toHaveLength(1);
    await app.rest();
    expect(told()).toHaveLength(1);
  });

  // The kind: what somebody has deleted. Held by test/controller/made-again.test.ts.
});

// Last, since what is broken is what all of them need.
describe("somebody deletes the card and its thread", () => {
  beforeAll(async () => {
    await tidy.rest();
    const { root, replies } = tidy.launch();
    for (const { ts } of [...replies, root]) await deleteMessage(tidy.channel, ts);
    await until(10, "an empty channel", () => tidy.threads().length === 0);
    await team.sandbox.director.start("flux-timeout");
    const conditions = () =>
      fieldOf(tidy.object("source.toolkit.fluxcd.io/v1", "GitRepository"), "status", "conditions");
    await until(90, "Flux to say so", () => JSON.stringify(conditions()).includes("i/o timeout"));
  });

  test("what comes later is seen somewhere", async ({ expect }) => {
    const seen = () =>
      team.reading
        .threads()
        .map(({ text }) => text)
        .filter((text) => text.includes("tidy-app"))
        .join("\n");
    await expect.poll(seen).toMatch(/GitHub|timeout/);
  });

  test("nothing is lost of the project itself", async ({ expect }) => {
    expect(await tidy.site()).toBe(200);
    await expect.poll(() => tidy.ask("status"), { interval: 3_000 }).toMatch(/tidy-app[\s\S]*GitHub/);
  });

  // The kind: messages that Slack has no more. Held by test/slack/deleted.test.ts, test/slack/refusal-of.test.ts and test/slack/delivery.test.ts.
});

/** As an administrator or a retention policy does it. https://docs.slack.dev/reference/methods/chat.delete */
async function deleteMessage(channel: string, ts: string): Promise<void> {
  const { SLACK_API_URL, SLACK_BOT_TOKEN } = team.sandbox.environment;
  const answer = await fetch(`${SLACK_API_URL}chat.delete`, {
    method: "POST",
    headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ channel, ts }),
  });
  const body: unknown = await answer.json();
  if (fieldOf(body, "ok") !== true) throw new Error(`chat.delete: ${fieldOf(body, "error")}`);
}
