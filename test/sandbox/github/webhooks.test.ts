import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { z } from "zod";
import { webhookCoverage } from "../../../src/sandbox/github/coverage.ts";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { startReceiver } from "./start-receiver.ts";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";

const EVENTS = ["push", "workflow_run", "workflow_job", "registry_package", "repository"];
const at = { owner: "acme", repo: "rrr" };

async function hook(github: TestGitHub, url: string, events: string[], secret = "s3cret"): Promise<number> {
  const { data } = await github.octokit.repos.createWebhook({
    ...at,
    events,
    config: { url, content_type: "json", secret },
  });
  return data.id;
}

async function commit(github: TestGitHub, path: string): Promise<void> {
  await github.octokit.repos.createOrUpdateFileContents({ ...at, path, message: `Add ${path}`, content: btoa(path) });
}

test("a launch's events come signed, in their shapes, in their order", async () => {
  await using github = await startTestGitHub();
  await using receiver = await startReceiver("s3cret");
  const { octokit } = github;
  await octokit.repos.createInOrg({ org: "acme", name: "rrr", auto_init: true });
  const id = await hook(github, receiver.url, EVENTS);
  await receiver.until("ping");
  await octokit.repos.createOrUpdateFileContents({
    ...at,
    path: ".github/workflows/build.yml",
    message: "Build",
    content: btoa(WORKFLOW),
  });
  await receiver.until("workflow_run completed");
  await octokit.repos.delete(at);
  await receiver.until("repository deleted");

  expect(receiver.received.filter((one) => !one.genuine)).toEqual([]);
  const names = receiver.received.map((one) => one.name);
  expect(names.slice(0, 2)).toEqual(["ping", "push"]);
  const counted = Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
  expect(counted).toEqual({
    ping: 1,
    push: 1,
    "workflow_run requested": 1,
    "workflow_run in_progress": 1,
    "workflow_run completed": 1,
    "workflow_job queued": 2,
    "workflow_job in_progress": 2,
    "workflow_job completed": 2,
    "registry_package published": 1,
    "repository deleted": 1,
  });
  expect(receiver.received.flatMap((one) => complaints(one.event, one.payload))).toEqual([]);
  const sent = Object.keys(webhookCoverage).filter((event) => webhookCoverage[event] !== "not");
  expect([...new Set(receiver.received.map((one) => one.event))].sort()).toEqual(sent.sort());
  expect(id).toBeGreaterThan(0);
});

test("the log keeps what was sent and answered, and nothing is sent again by itself", async () => {
  await using github = await startTestGitHub();
  await using receiver = await startReceiver("s3cret", (one) => (one.event === "push" ? 500 : 202));
  await pushFiles(github.octokit, "rrr", { a: "a" });
  const hook_id = await hook(github, receiver.url, ["push"]);
  await receiver.until("ping");
  await commit(github, "b");
  await expect
    .poll(async () =>
      (await github.octokit.repos.listWebhookDeliveries({ ...at, hook_id })).data.map((one) => [
        one.event,
        one.status_code,
      ]),
    )
    .toEqual([
      ["push", 500],
      ["ping", 202],
    ]);
  const [push] = (await github.octokit.repos.listWebhookDeliveries({ ...at, hook_id })).data;
  await github.octokit.repos.redeliverWebhookDelivery({ ...at, hook_id, delivery_id: push?.id ?? 0 });
  await expect
    .poll(() => receiver.received.filter((one) => one.event === "push").map((one) => one.id))
    .toEqual([push?.guid, push?.guid]);
  expect(github.overview().repositories[0]?.hooks[0]?.lastStatus).toBe("misconfigured");
});

test("deliveries can be lost, doubled and out of order", async () => {
  await using github = await startTestGitHub();
  await using receiver = await startReceiver("s3cret");
  await pushFiles(github.octokit, "rrr", { a: "a" });
  await hook(github, receiver.url, ["push"]);
  await receiver.until("ping");
  const heads = () =>
    receiver.received.flatMap((one) =>
      one.event === "push"
        ? [z.object({ head_commit: z.object({ message: z.string() }) }).parse(one.payload).head_commit.message]
        : [],
    );
  github.control.dropNextWebhooks(1);
  await commit(github, "lost");
  github.control.doubleNextWebhooks(1);
  await commit(github, "twice");
  await expect.poll(heads).toEqual(["Add twice", "Add twice"]);
  expect(new Set(receiver.received.filter((one) => one.event === "push").map((one) => one.id)).size).toBe(1);
  github.control.reorderNextWebhooks(1);
  await commit(github, "early");
  await commit(github, "late");
  await expect.poll(() => heads().slice(2)).toEqual(expect.arrayContaining(["Add late", "Add early"]));
});

test("another secret does not verify", async () => {
  await using github = await startTestGitHub();
  await using receiver = await startReceiver("s3cret");
  await pushFiles(github.octokit, "rrr", { a: "a" });
  await hook(github, receiver.url, ["push"], "another");
  expect((await receiver.until("ping")).genuine).toBe(false);
});

const file = createRequire(import.meta.url).resolve("@octokit/webhooks-schemas/schema.json");
const { definitions } = z
  .object({ definitions: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(file, "utf8")));
const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
addFormats.default(ajv);
// The definitions without the root, which is all of them and takes many seconds to compile.
ajv.addSchema({ $id: "webhooks", definitions });

/** What @octokit/webhooks-schemas has against a payload; the schemas are of 2024, GitHub has added fields since. */
function complaints(event: string, payload: Record<string, unknown>): string[] {
  const name = [event, payload.action ?? "event"].join("$");
  const validate = ajv.getSchema(`webhooks#/definitions/${name}`);
  if (!validate) return [`${name} has no schema`];
  if (validate(payload)) return [];
  return (validate.errors ?? []).map(
    (error) => `${name} ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}
