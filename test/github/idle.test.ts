import { setTimeout } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { observe } from "../../src/diagnosis/observe.ts";
import { repository } from "../../src/steps/repository.ts";
import { NOW, project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";
import { createWorld } from "../builders/world/create-world.ts";
import { files } from "./launch-files.ts";
import { startSandbox } from "./start-sandbox.ts";

it("a project at which nothing happens makes no call that counts against GitHub's limit", async () => {
  await using sandbox = await startSandbox();
  let now = Date.now();
  const github = sandbox.client({ clock: { now: () => new Date(now) }, sleep: () => setTimeout(20) });
  const made = await github.createRepository({ owner: "acme", name: "rrr", visibility: "private", description: "" });
  const { sha } = await github.pushFirstCommit(made, { branch: "main", message: "Start rrr", files });
  await vi.waitFor(
    async () =>
      expect(await github.runs(made, { workflow: "build.yml", sha })).toMatchObject([{ conclusion: "success" }]),
    {
      timeout: 60_000,
    },
  );

  const hook = { url: "http://127.0.0.1:9/github/webhooks", secret: "s3cret", events: ["push"] };
  const { id: hookId } = await github.ensureWebhook(made, hook);
  const { id, url, cloneUrl, defaultBranch } = made;
  const live = project({
    status: {
      phase: "Live",
      repository: { id, url, cloneUrl, defaultBranch, hookId },
      launch: { sha },
      deploys: [
        {
          sha,
          tag: sha.slice(0, 12),
          startedAt: NOW.toISOString(),
          state: "live",
          stages: [],
          author: "",
          title: "",
          url: "",
        },
      ],
      environments: [{ name: "production", tag: sha.slice(0, 12), released: sha }],
    },
  });
  const ports = { ...createWorld().controller.ports, github };
  const pass = async () => {
    now += 300_000;
    const facts = await observe(live, settings(), ports);
    const context = { project: live, settings: settings(), facts, ports, template: undefined, retrying: false };
    expect(repository.scope === "project" && (await repository.ensure(context))).toMatchObject({ state: "done" });
    return sandbox.calls.splice(0);
  };
  // The first describes it, the second reads what that changed.
  await pass();
  await pass();
  for (const calls of [await pass(), await pass()]) {
    expect(calls.filter(({ status }) => status !== 304)).toEqual([]);
    expect(calls.map(({ path }) => path)).toContain(`/repos/acme/rrr/hooks/${hookId}/deliveries`);
  }
});
