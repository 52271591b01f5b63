import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageLines } from "../../src/sandbox/message-lines.ts";
import { until } from "../cluster/until.ts";
import { startWorld } from "./world.ts";

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

describe("a diagnosis, in the sandbox", () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  const whispered: string[][] = [];
  beforeAll(async () => {
    world = await startWorld();
    const { workspace } = world.sandbox.slack;
    workspace.events(workspace.you, (event) => {
      if (event.type === "message" && event.message.ephemeral) whispered.push(messageLines(event.message));
    });
  });
  afterAll(() => world?.sandbox.close());

  /** The next thing that only the person who asked is told. */
  const told = async (line: string) => {
    whispered.length = 0;
    await world.say(line);
    await until(120, "an answer", () => whispered.length > 0);
    return whispered[0] ?? [];
  };
  /** `slipway doctor`, with the bot's own environment but for what is given. */
  const verb = async (args: string[], env: Record<string, string | undefined> = {}) => {
    const { sandbox } = world;
    const options = { env: { PATH: process.env.PATH, ...sandbox.environment, ...env } };
    return run(process.execPath, [MAIN, "doctor", ...args], options).then(
      ({ stdout }) => ({ code: 0, lines: stdout.trimEnd().split("\n") }),
      // As execFile rejects where the exit code is another than 0.
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, lines: stdout.trimEnd().split("\n") }),
    );
  };

  test("of the cluster and the bot: everything that a launch needs is there", { timeout: 300_000 }, async () => {
    const [title, ...lines] = await told("/project doctor");
    expect(title).toMatch(/^I found no problems/);
    for (const line of [
      /^✔ {2}API server {2}Kubernetes v1\..*answers in \d+ ms$/,
      /^✔ {2}Watches {2}14 kinds in sync, \d+ objects; last update \d+ s ago$/,
      /^✔ {2}Rights {2}all \d+ permissions are granted$/,
      /^✔ {2}Leader {2}sandbox leads \(this replica\)$/,
      /^✔ {2}Slack {2}slipway in Acme, by Socket Mode$/,
      /^✔ {2}GitHub {2}slipway\[bot\], installed on acme with every permission$/,
      /^✔ {2}GitHub's limit {2}\d+ of \d+ requests left/,
      /^✔ {2}Registry {2}ghcr\.io answers and accepts the credentials$/,
      /^✔ {2}Flux {2}/,
      /^✔ {2}Ingress class {2}traefik$/,
      /^✔ {2}Issuer {2}letsencrypt-prod$/,
      /^✔ {2}Tenant role {2}/,
      /^○ {2}Flux's controllers {2}not known until/,
      /^○ {2}Webhooks {2}GitHub sends them to http:\/\/127\.0\.0\.1/,
      /^✔ {2}Outside {2}elsewhere can check$/,
    ])
      expect(lines).toContainEqual(expect.stringMatching(line));
  });

  test("of a project: what stands, and what is wrong as soon as it is", { timeout: 300_000 }, async () => {
    await world.say("/project create rrr template=node-service");
    await until(120, "live", () => world.thread()[0]?.[0]?.includes("· live ·"));
    const [title, ...lines] = await told("/project doctor rrr");
    expect(title).toBe("rrr is well");
    expect(lines).toContainEqual(expect.stringMatching(/^✔ {2}Pods {2}1 of 1 ready$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^✔ {2}Reachable {2}rrr\.localhost:80 answers 200 \(from elsewhere\)$/),
    );

    await world.sandbox.director.start("blocked-port");
    const blocked = await told("/project doctor rrr");
    expect(blocked[0]).toBe("rrr: 1 problem");
    expect(blocked.join("\n")).toMatch(/✖ {2}Port 80 is blocked from outside[\s\S]*What to do: [\s\S]*TCP/);
    expect((await verb(["rrr"])).code).toBe(1);
    await world.sandbox.director.stop("blocked-port");
    expect((await told("/project doctor rr"))[0]).toBe("There is no project rr. Did you mean rrr?");
  });

  test("in a terminal: the same, the number of findings as the exit code, and nothing is touched", {
    timeout: 300_000,
  }, async () => {
    const { slack, cluster } = world.sandbox;
    const lease = () => cluster.simulated?.store.list("coordination.k8s.io/v1", "Lease")[0]?.spec;
    const holder = () => JSON.stringify([lease()].map((spec) => spec && { ...spec, renewTime: "" }));
    const before = { holder: holder(), messages: slack.workspace.messages("launches").length };
    const { code, lines } = await verb([]);
    expect(lines).toContainEqual(expect.stringMatching(/^✔ Watches +14 kinds in sync/));
    expect(lines).toContainEqual(expect.stringMatching(/^✔ Leader +sandbox leads$/));
    expect(lines).toContainEqual(expect.stringMatching(/^✔ Slack +slipway in Acme, by Socket Mode$/));
    expect(lines.at(-1)).toBe("Nothing found.");
    expect(code).toBe(0);

    const ill = await verb([], {
      REGISTRY_PULL_TOKEN: "ghp_0123456789abcdefghij",
      SLACK_APP_TOKEN: "xapp-1-of-nobody",
    });
    expect(ill.code).toBe(2);
    expect(ill.lines.filter((line) => line.startsWith("✖")).map((line) => line.split(/ +/)[1])).toEqual([
      "Slack",
      "Registry",
    ]);
    expect(ill.lines.join("\n")).not.toMatch(/ghp_|xapp-/);

    const overHttp = { SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: slack.signingSecret };
    const called = await verb([], overHttp);
    expect(called.lines).toContainEqual(
      expect.stringMatching(/^✔ Slack +slipway in Acme; by HTTP, which Slipway cannot check/),
    );
    expect(called.code).toBe(0);
    const revoked = await verb([], { ...overHttp, SLACK_BOT_TOKEN: "xoxb-of-nobody" });
    expect(revoked.code).toBe(1);
    expect(revoked.lines.filter((line) => line.startsWith("✖"))).toEqual([
      expect.stringMatching(/^✖ Slack .*invalid_auth/),
    ]);

    // A second connection would get half of what people type.
    expect(slack.workspace.connections()).toBe(1);
    expect({ holder: holder(), messages: slack.workspace.messages("launches").length }).toEqual(before);
    const [typo, nowhere] = await Promise.all([verb(["rr"]), verb([], { KUBECONFIG: "/nowhere/kubeconfig" })]);
    expect([typo.code, ...typo.lines]).toEqual([1, "✖ There is no project rr. Did you mean rrr?"]);
    expect([nowhere.code, nowhere.lines.length]).toEqual([1, 1]);
    expect(nowhere.lines[0]).toMatch(/^✖ .*\/nowhere\/kubeconfig/);
  });
});
