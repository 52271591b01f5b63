import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { KINDS_MADE } from "../../src/controller/kinds-made.ts";
import { KINDS } from "../../src/project/kinds.ts";
import { Problem } from "../../src/project/problem.ts";
import { STAGES } from "../../src/project/stage.ts";
import { createLauncher } from "../../src/steps/create-launcher.ts";
import { steps } from "../../src/steps/index.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";
import { template } from "../builders/template.ts";
import { createWorld } from "../builders/world/create-world.ts";

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe("the steps", () => {
  test("are all of the directory's files that export one, each named as its file", async () => {
    const files = readdirSync(new URL("../../src/steps", import.meta.url)).map((file) => file.replace(/\.ts$/, ""));
    const found: string[] = [];
    for (const file of files) {
      const exported = Object.entries((await import(`../../src/steps/${file}.ts`)) as Record<string, unknown>); // whatever it exports
      for (const [name, value] of exported)
        if (typeof value === "object" && value !== null && "ensure" in value) {
          expect(kebab(name)).toBe(file);
          expect(value).toMatchObject({ name: file });
          found.push(file);
        }
    }
    expect(found.sort()).toEqual(steps.map(({ name }) => name).sort());
  });

  test("come after what they wait for, and in the order of the rows", () => {
    for (const [index, { after }] of steps.entries())
      for (const name of after) expect(steps.slice(0, index).map((each) => each.name)).toContain(name);
    const order = steps.map(({ stage }) => STAGES.indexOf(stage));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test("plan only what undo can remove", () => {
    const planned = steps.flatMap(
      (step) => step.plan?.({ name: "rrr", spec: project().spec, settings: settings() }) ?? [],
    );
    for (const { kind } of planned)
      if (!["Repository", "Webhook"].includes(kind)) expect(KINDS_MADE).toHaveProperty(kind);
    for (const [kind, apiVersion] of Object.entries(KINDS_MADE))
      expect(KINDS).toMatchObject({ [kind]: { apiVersion } });
  });

  test("plan exactly what a launch makes", async () => {
    const world = createWorld();
    await world.create();
    const planned = steps.flatMap(
      (step) => step.plan?.({ name: "rrr", spec: project().spec, settings: settings() }) ?? [],
    );
    await world.live();
    const key = ({ kind, namespace, name }: { kind: string; namespace?: string; name: string }) =>
      `${kind}/${namespace ?? ""}/${name}`;
    // Which commit is known only once there is one: its source bears its name.
    const held = `GitRepository/rrr/rrr-${world.status().launch.sha?.slice(0, 12)}`;
    expect(world.status().ledger.map(key).sort()).toEqual([...planned.map(key), held].sort());
    expect(world.status().ledger.every(({ state }) => state === "made")).toBe(true);
  });
});

describe("the launcher", () => {
  const launcher = (world = createWorld()) => ({
    world,
    launcher: createLauncher({ ports: world.controller.ports, settings: settings(), templates: [template()], steps }),
  });
  const request = (given: object = {}) => ({ name: "rrr", channel: "C1", requestedBy: "U1", ...given });

  test("finds all well, and makes nothing", async () => {
    const { world, launcher: it } = launcher();
    const { ok, lines, spec } = await it.preflight(request());
    expect(lines.filter(({ state }) => state === "failed" || state === "unknown")).toEqual([]);
    expect(ok).toBe(true);
    expect(spec).toMatchObject({
      owner: "acme",
      template: "tiny",
      environments: [{ namespace: "rrr", host: "rrr.example.com" }],
    });
    expect(world.cluster.changes).toEqual([]);
    expect(world.calls.filter((each) => /create|push|apply|delete|ensure|write/.test(each))).toEqual([]);
  });

  test.each<[string, object, string, string | undefined]>([
    ["a name that is none", { name: "My App!" }, "name-illegal", "my-app"],
    ["a domain that is none", { domain: "not a domain" }, "domain-illegal", undefined],
    ["an environment that is none", { environments: ["Prod"] }, "environment-illegal", undefined],
    ["an unknown template", { template: "cobol" }, "template-unknown", undefined],
    ["an unknown owner", { owner: "nobody" }, "owner-unknown", undefined],
  ])("refuses %s", async (_, given, reason, proposal) => {
    const { ok, lines } = await launcher().launcher.preflight(request(given));
    const failed = lines.find(({ state }) => state === "failed");
    expect(ok).toBe(false);
    expect(failed?.reason).toBe(reason);
    expect(failed?.proposal).toBe(proposal);
  });

  test("refuses a second launch of a name, and proposes another", async () => {
    const { world, launcher: it } = launcher();
    await world.create();
    await world.live();
    const { ok, lines } = await it.preflight(request());
    expect(ok).toBe(false);
    expect(lines.filter(({ state }) => state === "failed").map(({ reason, proposal }) => [reason, proposal])).toEqual([
      ["project-exists", "rrr-2"],
      ["repo-name-taken", "rrr-2"],
      ["namespace-taken", "rrr-2"],
    ]);
  });

  test("says what it could not look at, and does not refuse for that", async () => {
    const { world, launcher: it } = launcher();
    world.mishap({ at: 2, kind: "refused" });
    const { ok, lines } = await it.preflight(request());
    expect(lines.filter(({ state }) => state === "unknown")).toMatchObject([{ reason: "NotLookedAt" }]);
    expect(ok).toBe(true);
  });

  test("does not take a name for free where it could not ask who has it", async () => {
    const { world } = launcher();
    const { ports } = world.controller;
    const get = () => Promise.reject(new Problem("cluster-unreachable", { evidence: "connect ECONNREFUSED" }));
    const it = createLauncher({
      ports: { ...ports, projects: { ...ports.projects, get } },
      settings: settings(),
      templates: [template()],
      steps,
    });
    const { lines } = await it.preflight(request());
    expect(lines.find(({ check }) => check === "name")).toMatchObject({ state: "unknown", reason: "NotLookedAt" });
  });

  test.each<[string, object, string]>([
    ["under the base domain, also where that begins with the project's own name", {}, "rrr.rrr.example.com"],
    ["under the domain that was asked for", { domain: "acme.test" }, "rrr.acme.test"],
    ["at the whole host that was asked for", { domain: "rrr.acme.test" }, "rrr.acme.test"],
  ])("puts a project %s", async (_, given, host) => {
    const { ports } = createWorld().controller;
    const it = createLauncher({
      ports,
      settings: settings({ baseDomain: "rrr.example.com" }),
      templates: [template()],
      steps,
    });
    expect((await it.preflight(request(given))).spec?.environments[0]?.host).toBe(host);
  });

  test("gives each environment its namespace and host, the first the plain ones", async () => {
    const { spec } = await launcher().launcher.preflight(
      request({ environments: ["production", "staging", "production"] }),
    );
    expect(spec?.environments).toMatchObject([
      { name: "production", namespace: "rrr", host: "rrr.example.com" },
      { name: "staging", namespace: "rrr-staging", host: "rrr-staging.example.com" },
    ]);
  });
});
