import { describe, expect, test } from "vitest";
import { rules } from "../../src/diagnosis/rules/index.ts";
import { examText } from "../../src/doctor/doctor-text.ts";
import { examineProject } from "../../src/doctor/examine-project.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { Problem } from "../../src/project/problem.ts";
import { en } from "../../src/words/en/index.ts";
import { waitingPod } from "../builders/objects.ts";
import type { MemoryWorld } from "../builders/world/create-world.ts";
import { surroundings } from "./surroundings.ts";

/** A project that came live, and what the doctor says of it as the world is then. */
async function live(options: Parameters<typeof surroundings>[0] = { outside: true }) {
  const { at, world } = surroundings(options);
  await world.create();
  await world.live();
  const stored = () => {
    const found = world.projects.stored.get("rrr");
    if (!found) throw new Error("it is live");
    return found;
  };
  const exam = (given: Partial<typeof at.ports> = {}) =>
    examineProject(stored(), { ...at, ports: { ...at.ports, ...given } }, rules);
  return { at, world, stored, exam, text: async () => examText(stored(), await exam(), en) };
}

describe("the doctor, of a project", () => {
  test("tells what stands, piece by piece", async () => {
    const { text } = await live();
    expect(await text()).toMatchInlineSnapshot(`
      "What exists now:
      ✔ Repository     acme/rrr, at b5d8713 “Start rrr from tiny”
      ✔ Build          run #1 of b5d8713: success
      ✔ Image          b5d8713e4240 is in the registry
      ✔ Namespace      rrr
      ✔ GitRepository  ready
      ✔ Kustomization  ready
      ✔ Pods           1 of 1 ready
      ✔ Ingress        rrr.example.com → 203.0.113.7
      ✔ Certificate    none: plain HTTP, or the ingress controller's default
      ✔ Reachable      rrr.example.com:80 answers 200 (from inside)
      ✔ Reachable      rrr.example.com:80 answers 200 (from elsewhere)
      ✔ Webhook        its last event, push, was answered with 202"
    `);
  });

  test.each<[string, (world: MemoryWorld) => void, RegExp]>([
    [
      "refuses, as it is signed with another secret",
      (world) => {
        world.github.answer = 401;
      },
      /^⚠ The webhook's secret does not match\n.*not signed with GITHUB_WEBHOOK_SECRET(.*\n)+✖ Webhook +its last event, push, was answered with 401 \(/m,
    ],
    [
      "did not get",
      (world) => {
        world.github.answer = 502;
      },
      /^⚠ A webhook did not arrive\n.*could not deliver its last webhook for acme\/rrr(.*\n)+✖ Webhook +its last event, push, was answered with 502 \(/m,
    ],
    [
      "will not get, as somebody removed the webhook",
      (world) => world.github.repositories.get("acme/rrr")?.hooks.splice(0),
      /^⚠ The webhook is gone\n.*Someone removed Slipway's webhook(.*\n)+✖ Webhook +does not exist any more/m,
    ],
  ])("tells of what GitHub sent and Slipway %s", async (_, befall, told) => {
    const { world, text } = await live();
    befall(world);
    expect(await text()).toMatch(told);
  });

  test("changes nothing: no call of its is a write", async () => {
    const { world, exam, stored } = await live();
    const before = JSON.stringify(stored());
    world.calls.length = 0;
    world.cluster.changes.length = 0;
    await exam();
    expect(
      world.calls.filter(
        (call) =>
          !/\.(get|list|serves|locate|invalidate|commit|runs|workflow|lineage|changes|manifests|managers|jobs|jobLog|lastDelivery|has|probe|seen|look)$/.test(
            call,
          ),
      ),
    ).toEqual([]);
    expect(world.cluster.changes).toEqual([]);
    expect(JSON.stringify(stored())).toBe(before);
  });

  test("finds what is wrong now, though no pass has seen it, with its cause and the fix", async () => {
    const { world, exam, text } = await live();
    world.outcomes.elsewhere = { state: "tcp-timeout" };
    expect((await exam()).findings).toMatchObject([{ code: "port-blocked", severity: "fail" }]);
    expect(await text()).toMatch(
      /^✖ Port 80 is blocked from outside\n {4}.*firewall.*\n(.*\n)+? {4}What to do: In the firewall .* allow TCP 80/,
    );
    expect(world.status().findings).toEqual([]);
  });

  test("tells that what was wrong when the status was written is over", async () => {
    const { world, text } = await live();
    world.outcomes.elsewhere = { state: "tcp-timeout" };
    await world.until(() => world.status().findings.some(({ recoveredAt }) => recoveredAt === undefined));
    world.outcomes.elsewhere = { state: "answered", status: 200, body: "", milliseconds: 1 };
    world.wait(60);
    expect(await text()).toMatch(/^✔ Resolved: Port 80 is blocked from outside/);
  });

  test("tells which pod does not run, and why", async () => {
    const { at, world, exam } = await live();
    const tag = world.status().environments[0]?.tag ?? "";
    const pod = waitingPod("CrashLoopBackOff", "back-off", { restarts: 7, exitCode: 1, terminated: "Error", tag });
    const deployment = world.cluster.objects.get("Deployment/rrr/rrr");
    if (!deployment) throw new Error("it was just made");
    deployment.status = { observedGeneration: 99, replicas: 1, updatedReplicas: 1 };
    const owned = (kind: string, uid = "") => [{ apiVersion: "apps/v1", kind, name: "rrr", uid }];
    const set: KubeObject = {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: {
        name: "rrr-1",
        namespace: "rrr",
        uid: "set",
        ownerReferences: owned("Deployment", deployment.metadata.uid),
      },
    };
    pod.metadata.ownerReferences = owned("ReplicaSet", "set");
    const list: typeof at.ports.cluster.list = async (apiVersion, kind, scope) =>
      kind === "Pod" ? [pod] : kind === "ReplicaSet" ? [set] : at.ports.cluster.list(apiVersion, kind, scope);
    const { findings, lines } = await exam({ cluster: { ...at.ports.cluster, list } });
    expect(findings).toMatchObject([{ code: "pod-crashloop" }]);
    expect(lines).toContainEqual({
      check: "pods",
      state: "failed",
      reason: "PodsReady",
      params: { ready: 0, count: 1 },
    });
  });

  test("of what could not be read says why, and takes it for neither well nor ill", async () => {
    const { at, exam } = await live();
    const refused = async () => {
      throw new Problem("github-unreachable", {
        evidence: "connect ETIMEDOUT, Authorization: Bearer abcdefghijklmnopq",
      });
    };
    const { lines, findings } = await exam({ github: { ...at.ports.github, locate: refused } });
    expect(findings).toEqual([]);
    const unread = lines.filter(({ reason }) => reason === "NotLookedAt");
    expect(unread.map(({ check, state }) => `${check} ${state}`)).toEqual([
      "repository unknown",
      "build unknown",
      "webhook unknown",
    ]);
    expect(JSON.stringify(lines)).toContain("ETIMEDOUT");
    expect(JSON.stringify(lines)).not.toContain("abcdefghijklmnopq");
  });

  test("says that nobody looks from outside", async () => {
    const { text } = await live({ outside: false });
    expect(await text()).toMatch(/○ Reachable +VANTAGES is not set/);
  });

  test("judges nothing of what is being removed", async () => {
    const { world, text } = await live();
    await world.wish("remove");
    await world.pass();
    expect(await text()).toBe("rrr is being removed, so there is nothing to check.");
  });
});
