import { describe, expect, test } from "vitest";
import { rules } from "../../src/diagnosis/rules/index.ts";
import { examineProject } from "../../src/doctor/examine-project.ts";
import { Problem } from "../../src/project/problem.ts";
import type { Project } from "../../src/project/project.ts";
import { answered, waitingPod } from "../builders/objects.ts";
import type { MemoryWorld } from "../builders/world/create-world.ts";
import { surroundings } from "./surroundings.ts";

const found = (findings: Project["status"]["findings"]) =>
  findings
    .filter(({ recoveredAt }) => recoveredAt === undefined)
    .map(({ code, subject, severity }) => `${severity} ${code} ${subject}`)
    .sort();

const spec = (world: MemoryWorld, key: string): object => {
  const object = world.cluster.objects.get(key);
  if (!object?.spec) throw new Error(`no ${key}`);
  return object.spec;
};

/** What befalls a project that is live, by the code of what is to be found; the first is that nothing does. */
const BEFALLS: Record<string, (world: MemoryWorld) => unknown> = {
  "": () => {},
  "port-blocked": ({ outcomes }) => {
    outcomes.elsewhere = { state: "tcp-timeout" };
  },
  "port-refused": ({ outcomes }) => {
    for (const from of ["inside", "elsewhere"]) outcomes[from] = { state: "tcp-refused" };
  },
  "http-502-503-504": ({ outcomes }) => {
    for (const from of ["inside", "elsewhere"]) outcomes[from] = answered(502);
  },
  "http-404-no-route": ({ outcomes }) => {
    for (const from of ["inside", "elsewhere", "control"]) outcomes[from] = answered(404);
  },
  "dns-missing": ({ outcomes }) => {
    for (const from of ["inside", "elsewhere"]) outcomes[from] = { state: "dns-failed", detail: "ENOTFOUND" };
  },
  "flux-suspended": (world) => Object.assign(spec(world, "GitRepository/rrr/rrr"), { suspend: true }),
  "flux-source-timeout": ({ cluster }) => {
    cluster.flux.reachesGit = false;
  },
  "flux-build-failed": ({ cluster }) => {
    cluster.flux.says = [["Ready", "False", "BuildFailed", "kustomize build failed: accumulating resources"]];
  },
  "scaled-to-zero": (world) =>
    world.edit((wanted) => {
      for (const each of wanted.environments) each.replicas = 0;
    }),
  "pod-crashloop": ({ cluster, status }) => {
    cluster.lagging.add("rrr");
    const { tag = "" } = status().environments[0] ?? {};
    const owner = cluster.objects.get("Deployment/rrr/rrr")?.metadata.uid ?? "";
    const owned = (kind: string, uid: string) => [{ apiVersion: "apps/v1", kind, name: "rrr", uid }];
    const metadata = { name: "rrr-1", namespace: "rrr", uid: "set", labels: { "slipway.dev/project": "rrr" } };
    cluster.put({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { ...metadata, ownerReferences: owned("Deployment", owner) },
    });
    const pod = waitingPod("CrashLoopBackOff", "back-off", { restarts: 7, exitCode: 1, terminated: "Error", tag });
    cluster.put({
      ...pod,
      metadata: { ...pod.metadata, labels: metadata.labels, ownerReferences: owned("ReplicaSet", "set") },
    });
  },
  "build-failed": ({ github }) => {
    github.build.conclusion = "failure";
    github.push("acme/rrr", "Break it");
  },
  "webhook-missing": (world) => {
    world.github.repositories.get("acme/rrr")?.hooks.splice(0);
    const { ports } = world.controller;
    const refused = async () => {
      const params = { permission: "Webhooks", where: "acme/rrr" };
      throw new Problem("github-permission-missing", { destiny: { kind: "person" }, params, evidence: "403" });
    };
    world.controller.ports = { ...ports, github: { ...ports.github, ensureWebhook: refused } };
  },
  "webhook-secret-wrong": ({ github }) => {
    github.answer = 401;
  },
  "webhook-undelivered": ({ github }) => {
    github.answer = 502;
  },
  "repo-gone": ({ github }) => github.repositories.delete("acme/rrr"),
};

// The doctor is asked as if no pass had ever found anything, so all that it says it has found itself.
describe("what the doctor finds of a project a pass finds too, and the other way round", () => {
  test.each(Object.entries(BEFALLS))("%s", async (code, befall) => {
    const { at, world } = surroundings({ outside: true });
    await world.create();
    await world.live();
    befall(world);
    for (let pass = 0; pass < 30; pass += 1) {
      await world.pass();
      world.wait(5);
    }
    await world.pass();
    const stored = world.projects.stored.get("rrr") ?? expect.fail();
    const { status } = stored;
    const exam = await examineProject({ ...stored, status: { ...status, findings: [] } }, at, rules);
    expect(found(exam.findings)).toEqual(found(status.findings));
    expect(found(status.findings).map((each) => each.split(" ")[1])).toEqual(code === "" ? [] : [code]);
    // Whatever stands as wrong among the pieces has its finding.
    const wrong = exam.lines.filter(({ state }) => state === "failed");
    if (found(exam.findings).length === 0) expect(wrong).toEqual([]);
  });
});
