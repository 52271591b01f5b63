import { afterAll, beforeAll, describe, test } from "vitest";
import { fieldOf } from "../team/field-of.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";
import { createTeller, type Tale, type Teller } from "./create-teller.ts";
import { startGuestList } from "./start-guest-list.ts";

const WORKFLOW = ".github/workflows/build.yml";
const PROJECT = { apiVersion: "slipway.dev/v1alpha1", kind: "Project", namespace: "slipway-system" };

/** Twelve lines with the runner's own, which is what is shown: a log tells the second only, and others' lines share it. */
const TASTED = `▶ the menu
  ✔ greets
  ✔ has bread
  ✖ has a soup
ℹ tests 3
ℹ pass 2
ℹ fail 1
✖ failing tests:
✖ has a soup
  AssertionError: Expected values to be strictly equal:
  undefined !== 'soup'`.split("\n");

let team: Team;
let teller: Teller;
let hello: Tale;
let kiosk: Tale;
let sketch: Tale;
let retried = 0;

beforeAll(async () => {
  team = await startTeam("--speed", "30");
  teller = createTeller(team);
  // So slow that its card can be read while it is built. One after another, since it is the next build that is slow or fails.
  team.sandbox.github.control.slowNextBuild(8);
  hello = await teller.tell("hello");
  await hello.scribe.reads("the build", () => /✔ Cluster[\s\S]*docker build/.test(hello.card()));
  kiosk = await teller.tellOfFailure("kiosk");
  sketch = await teller.tellOfFailure("sketch");
});
afterAll(async () => await team?.close());

// All of a story is one test: a machine that is shared takes its time.
describe.concurrent("what people read", { timeout: 480_000 }, () => {
  test("launch, then push, then delete", async ({ expect }) => {
    const { app, scribe, card, pushed, isLive } = hello;
    scribe.notes("A while later");
    await scribe.reads("live", () => isLive());
    await expect(scribe.page()).toMatchFileSnapshot("launch.txt");

    const push = await (await app.clone()).push("Say it in Danish as well");
    await pushed(push);
    await scribe.reads("live", () => isLive(push));
    await expect(scribe.page()).toMatchFileSnapshot("push.txt");

    await scribe.asksAndFills("delete", { name: app.name });
    await scribe.reads("the end", () => /· removed/.test(card()) && /· removed/.test(card(push)));
    await expect(scribe.page()).toMatchFileSnapshot("delete.txt");
  });

  test("failed build", async ({ expect }) => {
    const tale = await teller.launched("menu");
    const { app, scribe } = tale;
    const work = await app.clone();
    await tale.whenNobodyLooks();
    // By a name of its own, since it is the next step of that name that fails.
    team.sandbox.github.control.failNextBuild({ step: "taste", lines: TASTED });
    await work.edit(WORKFLOW, (text) => text.replace("- run: npm test", "- name: taste\n        run: npm test"));
    const bad = await work.push("Add the soup of the day");
    await tale.pushed(bad);
    await scribe.reads("the failure", () => /deploy failed[\s\S]*Build #2 failed/.test(app.thread(bad).text));
    await work.code();
    const good = await work.push("Add the soup of the day, with its price");
    await tale.pushed(good);
    await scribe.reads("live", () => tale.isLive(good) && /Resolved/.test(app.thread(bad).text));
    await expect(scribe.page()).toMatchFileSnapshot("failed-build.txt");
  });

  test("crash when live", async ({ expect }) => {
    const tale = await teller.launched("guests");
    const { app, scribe } = tale;
    const work = await app.clone();
    const guests = await startGuestList();
    await work.edit("k8s/base/deployment.yaml", (text) =>
      text.replace(
        "          env:\n",
        `          command: [node, -e, ${JSON.stringify(guests.script)}]\n          env:\n`,
      ),
    );
    // Of manifests alone it is a question of time whether the image before it or its own is the first to be there.
    await work.code();
    const push = await work.push("Read the guest list");
    await tale.pushed(push);
    await scribe.reads("live", () => tale.isLive(push));
    await tale.whenNobodyLooks();
    scribe.notes("The service with the guest list goes down");
    guests.goesDown();
    await scribe.reads("the crash", () => /keeps crashing[\s\S]*failing(?:,| for)/.test(app.text()));
    await scribe.asks("status");
    scribe.notes("It comes up again");
    await guests.comesUp();
    await scribe.reads("the end of it", () => /Resolved after.*keeps crashing/.test(app.text()));
    guests.goesDown();
    await expect(scribe.page()).toMatchFileSnapshot("crash-when-live.txt");
  });

  test("retry", async ({ expect }) => {
    const { app, scribe, card, isLive } = kiosk;
    await scribe.reads("the failure", () => /· failed[\s\S]*Build #1 failed/.test(card()));
    await scribe.presses("Retry");
    retried = Date.now();
    await scribe.reads("live", () => isLive() && /Resolved[\s\S]*> retried,/.test(app.text()));
    await expect(scribe.page()).toMatchFileSnapshot("retry.txt");
  });

  test("two environments", async ({ expect }) => {
    const words = "template=node-service env=production,staging";
    const { app, scribe, pushed, isLive } = await teller.launched("tickets", words);
    const push = await (await app.clone()).push("Sell two at a time");
    await pushed(push);
    await scribe.reads("live", () => isLive(push));
    await scribe.asks("status");
    await expect(scribe.page()).toMatchFileSnapshot("two-environments.txt");
  });

  test("pin", async ({ expect }) => {
    const { app, scribe, card, pushed, isLive } = await teller.launched("invoices");
    const work = await app.clone();
    const first = await work.head();
    const second = await work.push("Round to whole cents");
    await pushed(second);
    await scribe.reads("live", () => isLive(second));

    const project = { ...PROJECT, name: app.name };
    const [environment] = [fieldOf(team.store.get(project), "spec", "environments", 0)];
    if (typeof environment !== "object") throw new Error("the Project has no environment");
    const follow = (what: object) =>
      team.store.mergePatch(project, { spec: { environments: [{ ...environment, ...what }] } });
    scribe.notes(`Ada pins production to ${first.short} with kubectl`);
    follow({ follow: "pinned", commit: first.sha });
    const others = () => app.threads().map(({ root }) => root.text);
    await scribe.reads("the pin", () => others().some((text) => / · live[\s\S]*pinned to this commit/.test(text)));

    const third = await work.push("Round the way the tax office does");
    await pushed(third);
    await scribe.reads("held back", () => /held back/.test(card(third)));
    await scribe.asks("status");
    scribe.notes("Ada takes the pin away");
    follow({ follow: "branch" });
    await scribe.reads("live", () => app.threadsOf(third).some(({ root }) => / · live/.test(root.text)));
    await expect(scribe.page()).toMatchFileSnapshot("pin.txt");
  });

  test("undo", async ({ expect }) => {
    const { scribe, card } = sketch;
    await scribe.reads("the failure", () => /· failed[\s\S]*Build #1 failed/.test(card()));
    await scribe.pressesAndFills("Undo", {});
    await scribe.reads("the end", () => /· removed/.test(card()));
    await expect(scribe.page()).toMatchFileSnapshot("undo.txt");
  });
});

// Last, since it blocks the port for all of them.
test("blocked port", async ({ expect }) => {
  const { app, scribe, whenNobodyLooks } = kiosk;
  await whenNobodyLooks(retried);
  scribe.notes("Somebody closes port 80 in the cloud's firewall");
  await team.sandbox.director.start("blocked-port");
  await scribe.reads("the block", () => /blocked from outside[\s\S]*failing(?:,| for)/.test(app.text()));
  await scribe.asks("status");
  scribe.notes("Somebody opens it again");
  await team.sandbox.director.stop("blocked-port");
  await scribe.reads("the end of it", () => /Resolved after.*blocked from outside/.test(app.text()));
  await expect(scribe.page()).toMatchFileSnapshot("blocked-port.txt");
});
