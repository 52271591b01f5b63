import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, test } from "vitest";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Push } from "../team/checkout.ts";
import { fieldOf } from "../team/field-of.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";
import { createScribes } from "./create-scribe.ts";
import type { Scribe } from "./scribe.ts";

const PROJECT = { apiVersion: "slipway.dev/v1alpha1", kind: "Project", namespace: "slipway-system" };
/** Who launched is not called while they are taken to be looking: a minute, and a little. */
const LOOKING_MS = 62_000;

interface Tale {
  app: Application;
  scribe: Scribe;
  begun: number;
}

let team: Team;
let scribeFor: ReturnType<typeof createScribes>;
let kiosk: Tale;
let sketch: Tale;
let parking: Tale;

async function tell(name: string, words = "template=node-service"): Promise<Tale> {
  const app = await team.create(name, words);
  return { app, scribe: scribeFor(app, `/project create ${name} ${words}`), begun: Date.now() };
}

/** Its build fails. Whose is next is not asked, so that it has to be the only one that is on its way. */
async function tellOfFailure(name: string): Promise<Tale> {
  team.sandbox.github.control.failNextBuild();
  const tale = await tell(name);
  await until(240, `${name}'s build to fail`, () => !team.sandbox.github.control.nextBuildFails());
  return tale;
}

const card = (app: Application, push?: Push) => (push ? app.thread(push).root.text : app.threads()[0]?.root.text) ?? "";
const isLive = (app: Application, push?: Push) => () =>
  / · live/.test(card(app, push)) && (push !== undefined || app.text().includes(`${app.name} is live at`));

async function launched(name: string, words?: string): Promise<Tale> {
  const tale = await tell(name, words);
  await tale.scribe.reads("live", isLive(tale.app));
  return tale;
}

async function pushes({ app, scribe }: Tale, push: Push): Promise<void> {
  scribe.notes(`Ada pushes ${push.short} “${push.title}”`);
  await until(240, `a card for ${push.title}`, () => card(app, push) !== "");
}

const whenNobodyLooks = ({ begun }: Tale) => sleep(Math.max(0, begun + LOOKING_MS - Date.now()));

beforeAll(async () => {
  team = await startTeam();
  scribeFor = createScribes(team);
  kiosk = await tellOfFailure("kiosk");
  sketch = await tellOfFailure("sketch");
  parking = await tell("parking");
});
afterAll(async () => await team?.close());

describe.concurrent("what people read", () => {
  test("launch", async ({ expect }) => {
    const { scribe } = await launched("hello");
    await expect(scribe.transcript()).toMatchFileSnapshot("launch.txt");
  });

  test("failed build", async ({ expect }) => {
    const tale = await launched("menu");
    const { app, scribe } = tale;
    const work = await app.clone();
    await whenNobodyLooks(tale);
    await work.edit(".github/workflows/build.yml", (text) => text.replace("run: npm test", "run: exit 1"));
    const bad = await work.push("Add the soup of the day");
    await pushes(tale, bad);
    await scribe.reads("the failure", () => /Build #2 failed/.test(app.thread(bad).text));
    await work.edit(".github/workflows/build.yml", (text) => text.replace("run: exit 1", "run: npm test"));
    await work.code();
    const good = await work.push("Add the soup of the day, with its price");
    await pushes(tale, good);
    await scribe.reads("live", () => isLive(app, good)() && /Resolved/.test(app.thread(bad).text));
    await expect(scribe.transcript()).toMatchFileSnapshot("failed-build.txt");
  });

  test("retry", async ({ expect }) => {
    const { app, scribe } = kiosk;
    await scribe.reads("the failure", () => card(app).includes("Build #1 failed"));
    await scribe.presses("Retry");
    await scribe.reads("live", () => isLive(app)() && /Resolved/.test(app.text()));
    await expect(scribe.transcript()).toMatchFileSnapshot("retry.txt");
  });

  test("push", async ({ expect }) => {
    const tale = await launched("weather");
    const push = await (await tale.app.clone()).push("Show tomorrow as well");
    await pushes(tale, push);
    await tale.scribe.reads("live", isLive(tale.app, push));
    await expect(tale.scribe.transcript()).toMatchFileSnapshot("push.txt");
  });

  test("two environments", async ({ expect }) => {
    const tale = await launched("tickets", "template=node-service env=production,staging");
    const push = await (await tale.app.clone()).push("Sell two at a time");
    await pushes(tale, push);
    await tale.scribe.reads("live", isLive(tale.app, push));
    await tale.scribe.asks("status");
    await expect(tale.scribe.transcript()).toMatchFileSnapshot("two-environments.txt");
  });

  test("pin", async ({ expect }) => {
    const tale = await launched("invoices");
    const { app, scribe } = tale;
    const work = await app.clone();
    const first = await work.head();
    const second = await work.push("Round to whole cents");
    await pushes(tale, second);
    await scribe.reads("live", isLive(app, second));
    const pin = (how: object) => {
      const project = { ...PROJECT, name: app.name };
      const [environment] = [fieldOf(team.store.get(project), "spec", "environments", 0)];
      if (typeof environment !== "object") throw new Error("the Project has no environment");
      const { follow: _, commit: __, ...rest } = { follow: "", commit: "", ...environment };
      team.store.mergePatch(project, { spec: { environments: [{ ...rest, ...how }] } });
    };
    scribe.notes(`Ada pins production to ${first.short} with kubectl`);
    pin({ follow: "pinned", commit: first.sha });
    await scribe.reads("the pin", () =>
      app.threads().some(({ root }) => /pinned to this commit/.test(root.text) && / · live/.test(root.text)),
    );
    const third = await work.push("Round the way the tax office does");
    await pushes(tale, third);
    await scribe.reads("held back", () => /held back/.test(card(app, third)));
    await scribe.asks("status");
    scribe.notes("Ada takes the pin away");
    pin({ follow: "branch" });
    await scribe.reads("the newest commit", () => app.threadsOf(third).some(({ root }) => / · live/.test(root.text)));
    await expect(scribe.transcript()).toMatchFileSnapshot("pin.txt");
  });

  test("crash when live", async ({ expect }) => {
    const list = createServer((_, answer) => answer.end("[]"));
    const listen = (port = 0) => new Promise<void>((resolve) => list.listen(port, "127.0.0.1", resolve));
    await listen();
    const { port } = list.address() as AddressInfo;
    const tale = await launched("guests");
    const { app, scribe } = tale;
    const work = await app.clone();
    // What the sandbox builds is a server of its own, whatever the repository holds; its command is the manifests'.
    const script = `const read = () => fetch("http://127.0.0.1:${port}").catch(() => {
  console.error("the guest list does not answer");
  process.exit(1);
});
read().then(() => import(process.cwd() + "/server.mjs")).then(() => setInterval(read, 300));`;
    await work.edit("k8s/base/deployment.yaml", (text) =>
      text.replace("          env:\n", `          command: [node, -e, ${JSON.stringify(script)}]\n          env:\n`),
    );
    const push = await work.push("Read the guest list");
    await pushes(tale, push);
    await scribe.reads("live", isLive(app, push));
    await whenNobodyLooks(tale);
    scribe.notes("The service with the guest list goes down");
    list.close();
    list.closeAllConnections();
    await scribe.reads("the crash", () => /keeps crashing[\s\S]*failing/.test(app.text()));
    await scribe.asks("status");
    scribe.notes("It is up again");
    await listen(port);
    await scribe.reads("the end of it", () => /Resolved after/.test(app.text()));
    list.close();
    list.closeAllConnections();
    await expect(scribe.transcript()).toMatchFileSnapshot("crash-when-live.txt");
  });

  test("undo", async ({ expect }) => {
    const { app, scribe } = sketch;
    await scribe.reads("the failure", () => card(app).includes("Build #1 failed"));
    await scribe.pressesAndFills("Undo", {});
    await scribe.reads("the end", () => /· removed/.test(card(app)));
    await expect(scribe.transcript()).toMatchFileSnapshot("undo.txt");
  });

  test("delete", async ({ expect }) => {
    const { app, scribe } = await launched("poster");
    await scribe.asksAndFills("delete", { name: app.name });
    await scribe.reads("the end", () => /· removed/.test(card(app)));
    await expect(scribe.transcript()).toMatchFileSnapshot("delete.txt");
  });
});

// Last, since it blocks the port for all of them.
test("blocked port", async ({ expect }) => {
  const { app, scribe } = parking;
  await scribe.reads("live", isLive(app));
  await whenNobodyLooks(parking);
  scribe.notes("Somebody closes port 80 in the cloud's firewall");
  await team.sandbox.director.start("blocked-port");
  await scribe.reads("the block", () => /blocked from outside[\s\S]*failing/.test(app.text()));
  await scribe.asks("status");
  scribe.notes("Somebody opens it again");
  await team.sandbox.director.stop("blocked-port");
  await scribe.reads("the end of it", () => /Resolved after/.test(app.text()));
  await expect(scribe.transcript()).toMatchFileSnapshot("blocked-port.txt");
});
