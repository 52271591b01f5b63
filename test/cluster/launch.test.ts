import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageLines } from "../../src/sandbox/message-lines.ts";
import { readFlags } from "../../src/sandbox/read-flags.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { letProjectsGo } from "./let-projects-go.ts";
import { startOutsideVantage } from "./start-outside-vantage.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const found = testbed();

const NAME = "rrr";
const GIT_PORT = 7401;
const REGISTRY_PORT = 7402;
const SECRET = "a-secret-for-the-outside-vantage";

describe.skipIf(!found)(found ? "a launch on a real cluster" : `a launch on a real cluster: ${WITHOUT}`, () => {
  let at: Testbed;
  let sandbox: Sandbox;
  let vantage: Awaited<ReturnType<typeof startOutsideVantage>>;

  beforeAll(async () => {
    if (!found) return;
    at = found;
    await at.testbed("mend", String(GIT_PORT));
    await at.testbed("ghcr", `http://${at.node}:${REGISTRY_PORT}`);
    await at.testbed("dns", "set", `${NAME}.sandbox.test`, at.node);
    vantage = await startOutsideVantage(at.program, SECRET);
    process.env.VANTAGES = `outside=${vantage.url}`;
    process.env.VANTAGE_SECRET = SECRET;
    sandbox = await startSandbox(
      readFlags(["--port", "7400", "--kubeconfig", at.kubeconfig, "--address", at.node, "--speed", "20"]),
    );
  });

  afterAll(async () => {
    await at?.testbed("mend", String(GIT_PORT));
    await at?.testbed("firewall", "close", "80");
    await at?.testbed("firewall", "open", "80");
    await sandbox?.close();
    if (at) await letProjectsGo(at);
    await vantage?.close();
    await at?.testbed("dns", "unset", `${NAME}.sandbox.test`);
    await at?.kubectl("-n", "slipway-system", "delete", "project", NAME, "--ignore-not-found");
    await at?.kubectl("delete", "namespace", NAME, "--ignore-not-found", "--timeout=60s");
  });

  test("goes from a slash command to a page that the outside gets through Traefik", async () => {
    await say(`/project create ${NAME} template=node-service`);
    await until(120, "live", () => root()?.[0]?.includes("live"));
    const page = await at.outside("curl", "-sS", "-H", `Host: ${NAME}.sandbox.test`, `http://${at.node}/`);
    expect(page).toContain("<h1>rrr</h1>");
    await until(10, "the last milestone", () =>
      thread().some((line) => line.includes(`${NAME} is live at http://${NAME}.sandbox.test`)),
    );
  });

  test("leaves objects that kubectl shows as the thread tells them", async () => {
    const project = JSON.parse(await at.kubectl("-n", "slipway-system", "get", "project", NAME, "-o", "json"));
    expect(project.status.phase).toBe("Live");
    const pods = JSON.parse(await at.kubectl("-n", NAME, "get", "pods", "-o", "json"));
    expect(pods.items).toHaveLength(1);
    const [container] = pods.items[0].status.containerStatuses;
    expect(container.image).toMatch(/^ghcr\.io\/acme\/rrr:[0-9a-f]{12}$/);
    expect(container.restartCount).toBe(0);
    const namespace = JSON.parse(await at.kubectl("get", "namespace", NAME, "-o", "json"));
    expect(namespace.metadata.labels["pod-security.kubernetes.io/enforce"]).toBe("baseline");
    const kustomization = JSON.parse(await at.kubectl("-n", NAME, "get", "kustomization", NAME, "-o", "json"));
    expect(kustomization.spec.serviceAccountName).toBe("slipway-tenant");
  });

  test("started no pod before its image was there, and waited out no back-off", async () => {
    const of = async (kind: string) => JSON.parse(await at.kubectl("-n", NAME, "get", kind, "-o", "json")).items;
    const told: { reason: string; message: string; involvedObject: { uid?: string } }[] = await of("events");
    expect(told.map(({ reason }) => reason)).toContain("Started");
    // A pod that its node pulled for before it might read the pull secret was replaced: its back-off nobody waited for.
    const pods: { metadata: { uid: string } }[] = await of("pods");
    const runs = ({ uid }: { uid?: string }) => pods.some(({ metadata }) => metadata.uid === uid);
    const waited = told.filter(
      ({ reason, message, involvedObject }) =>
        (reason === "BackOff" && runs(involvedObject)) || /image.*not found/i.test(message),
    );
    expect(waited.map(({ reason, message }) => `${reason}: ${message}`)).toEqual([]);
  });

  test("warns when Flux can no longer reach the repository, and says when it can again", async () => {
    await at.testbed("cut", String(GIT_PORT));
    try {
      await until(240, "the warning", () => thread().some((line) => line.includes("Flux cannot reach GitHub")));
      // The card has it first, what it means is in the thread.
      await until(20, "what it means", () => thread().some((line) => line.includes("The running version")));
      const warning = thread().join("\n");
      expect(warning).toContain("The running version is not affected");
      expect(warning).toMatch(/i\/o timeout|context deadline exceeded/);
    } finally {
      await at.testbed("mend", String(GIT_PORT));
    }
    await until(240, "the recovery", () =>
      thread().some((line) => /✔.*Flux cannot reach GitHub|recovered|over after/i.test(line)),
    );
  });

  test("warns when a firewall blocks the port from outside while inside it answers, and says when it is open", async () => {
    await at.testbed("firewall", "close", "80");
    try {
      await at.kubectl("-n", NAME, "annotate", "ingress", NAME, `example.com/look=${Date.now()}`);
      await until(60, "the warning", () => thread().some((line) => line.includes("Port 80 is blocked from outside")));
      await until(20, "the fix", () => thread().some((line) => line.includes("Tencent Cloud: ")));
      expect(thread().join("\n")).toMatch(/Tencent Cloud: .*TCP:80/);
    } finally {
      await at.testbed("firewall", "open", "80");
    }
    await until(60, "the recovery", () => thread().some((line) => /Resolved after .*Port 80 is blocked/.test(line)));
  });

  test("is undone to nothing when it is deleted", async () => {
    const { workspace } = sandbox.slack;
    await say(`/project delete ${NAME}`);
    const view = await openView();
    await workspace.submit({ person: workspace.you, view_id: view.id, values: await typed(view, NAME) });
    await until(120, "the end", async () => {
      const left = await at.kubectl("get", "namespace", NAME, "--ignore-not-found", "-o", "name");
      const project = await at.kubectl(
        "-n",
        "slipway-system",
        "get",
        "project",
        NAME,
        "--ignore-not-found",
        "-o",
        "name",
      );
      return left === "" && project === "";
    });
    expect(sandbox.github.overview().repositories).toEqual([]);
  });

  const say = async (text: string) => {
    const { workspace } = sandbox.slack;
    views.length = 0;
    workspace.events(workspace.you, (event) => {
      if (event.type === "view_opened") views.push(event.view);
    });
    await workspace.say({ person: workspace.you, channel: "launches", text });
  };
  const views: { id: string; blocks: unknown[] }[] = [];
  const openView = async () => {
    await until(10, "the form", () => views.length > 0);
    const [view] = views;
    if (!view) throw new Error("no form was opened");
    return view;
  };
  const root = () => sandbox.slack.workspace.messages("launches").map(messageLines).at(-1);
  const thread = () => {
    const message = sandbox.slack.workspace.messages("launches").at(-1);
    return message ? sandbox.slack.workspace.thread("launches", message.ts).flatMap(messageLines) : [];
  };
  const typed = async (view: { blocks: unknown[] }, value: string) => {
    for (const block of view.blocks as {
      block_id: string;
      type: string;
      element?: { action_id: string; type: string };
    }[])
      if (block.type === "input" && block.element)
        return { [block.block_id]: { [block.element.action_id]: { type: block.element.type, value } } };
    throw new Error("the form has no input");
  };
});
