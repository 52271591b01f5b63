import { expect, test } from "vitest";
import type { Look } from "../../src/project/look.ts";
import type { ProjectExam } from "../../src/project/ports/doctor.ts";
import { doctorCard } from "../../src/slack/views/doctor-card.ts";
import { en } from "../../src/words/en/index.ts";
import { asText } from "./as-text.ts";
import { type Bot, startBot } from "./start-bot.ts";

const answer = async (bot: Bot, containing: string) => {
  const message = await bot.message(
    (each) => each.ephemeral === true && asText(each.blocks ?? []).includes(containing),
  );
  return { message, text: asText(message.blocks ?? []) };
};
const well: Look = {
  check: "api-server",
  state: "ok",
  reason: "ApiServerAnswers",
  params: { version: "v1.34.1", milliseconds: 8 },
};
const stale: Look = {
  check: "watches",
  state: "failed",
  reason: "watch-stale",
  params: { kinds: "Pod", stale: 1, count: 10, seconds: 90 },
  evidence: "connect ECONNREFUSED <!channel>",
};
const blind: Look = { check: "vantages", state: "unknown", reason: "OutsideUnwatched" };
const timeless = (text: string) => text.replace(/<!date[^>]*>/g, "<now>");

test("without a name: the cluster and the bot, and for what is wrong its cause, what it means and the fix", async () => {
  const bot = await startBot({ doctor: { examine: async () => [well, stale, blind] } });
  await bot.type("/project doctor");
  expect(timeless((await answer(bot, "Checked just now")).text)).toMatchInlineSnapshot(`
    "*1 problem, 1 unknown*
    ✔  *API server*  Kubernetes v1.34.1, answers in 8 ms
    ✖  *Watches*  1 of 10 watches of the API server has been out of sync for 1 min 30 s: Pod. (connect ECONNREFUSED &lt;!channel&gt;) Slipway sees changes late, and only while the API server answers its other requests. Running pods do not depend on this.
          *What to do:* Slipway tries again by itself. If this lasts, an operator checks the API server, what is in front of it (a proxy that buffers watches, a firewall) and Slipway's credentials. What is not installed comes with kubectl apply --server-side -k manifests.
    ○  *Outside*  VANTAGES is not set, so Slipway cannot tell whether ports are blocked from outside
    (Checked just now, <now> · Nothing was changed.)"
  `);
});

test("with a name: what is wrong with that project now, what is over, what could not be told, what stands", async () => {
  const at = new Date("2026-03-01T10:10:00Z");
  const found = (code: string, given: object = {}) => ({
    code,
    subject: "environment/production",
    severity: "warn" as const,
    evidence: "dial tcp 20.205.243.166:443: i/o timeout",
    seenFrom: "cluster",
    params: { url: "https://github.com/acme/rrr", artifact: "yes", running: "yes" },
    remedies: [],
    since: "2026-03-01T10:00:00.000Z",
    lastSeen: at.toISOString(),
    count: 14,
    ...given,
  });
  const exam: ProjectExam = {
    at,
    lines: [{ check: "pods", state: "ok", reason: "PodsReady", params: { ready: 1, count: 1 } }],
    findings: [found("flux-source-timeout"), found("pod-crashloop", { recoveredAt: at.toISOString() })],
    unknown: [{ code: "port-blocked", reason: "elsewhere: connect ECONNREFUSED" }],
  };
  const asked: string[] = [];
  const bot = await startBot({
    doctor: {
      examineProject: async ({ metadata }) => {
        asked.push(metadata.name);
        return exam;
      },
    },
  });
  await bot.launch("rrr");
  bot.setStatus("rrr", { phase: "Live", url: "https://rrr.example.com" });
  await bot.type("/project doctor rrr");
  const { text } = await answer(bot, "Checked just now");
  expect(asked).toEqual(["rrr"]);
  expect(timeless(text)).toMatchInlineSnapshot(`
    "*rrr: 1 problem, 1 unknown*
    ⚠  *Flux cannot reach GitHub* · still failing, 14 times, 10 min
          The cluster’s connection to https://github.com/acme/rrr times out.
          The running version is not affected. New images are still deployed. Changes to the manifests in k8s/ do not reach the cluster.
          dial tcp 20.205.243.166:443: i/o timeout
          *What to do:* Allow the cluster to connect to GitHub, or give Flux a proxy (spec.proxySecretRef of the GitRepository, or HTTPS_PROXY on source-controller for all of them) or a mirror. Flux tries again every minute.
    ✔  Resolved: The application keeps crashing
    ○  Port … is blocked from outside? Unknown: elsewhere: connect ECONNREFUSED
    *What exists now:*
    ✔  *Pods*  1 of 1 ready
    *The launch, as last recorded:* rrr · live · https://rrr.example.com
    ○  *Repository*
    ○  *Cluster*
    ○  *Image build*
    ○  *Rollout*
    ○  *Ingress*
    ○  *Certificate*
    ○  *Reachable*
    (Checked just now, <now> · Nothing was changed.)"
  `);
});

test("a name that is nearly right gets the right one, and in a thread none is needed", async () => {
  const bot = await startBot();
  const root = await bot.launch("rrr");
  await bot.type("/project doctor rrrr");
  expect((await answer(bot, "Did you mean")).text).toBe(
    "There is no project rrrr. Did you mean rrr?\n[/project doctor rrr]",
  );
  const text = `<@${bot.botUserId}> doctor`;
  await bot.workspace.say({ person: bot.you, channel: "launches", text, thread_ts: root.ts });
  expect((await answer(bot, "rrr is well")).message.thread_ts).toBe(root.ts);
});

test("a viewer may, and who has no role is told who may", async () => {
  const viewer = await startBot({ access: () => ({ default: "viewer", rules: [] }) });
  await viewer.type("/project doctor");
  await answer(viewer, "The cluster and I are well");
  const nobody = await startBot({ access: () => ({ default: "none", rules: [] }) });
  await nobody.type("/project doctor");
  expect((await answer(nobody, "viewers")).text).toBe("Only viewers may do that.");
});

test("however long the lines are, Slack takes the answer, and nothing in it pings anybody", () => {
  const evidence = `<!channel> ${"x".repeat(5000)}`;
  const lines = Array.from({ length: 60 }, (_, index) => ({ ...stale, evidence: `${evidence} ${index}` }));
  const { blocks } = doctorCard(lines, en, new Date());
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const block of blocks) if (block.type === "section") expect(block.text?.text.length).toBeLessThanOrEqual(3000);
  expect(JSON.stringify(blocks)).not.toContain("<!channel>");
});
