import type { Controller } from "../../../src/controller/controller.ts";
import { createConfirmation } from "../../../src/controller/create-confirmation.ts";
import { createUnderway } from "../../../src/controller/create-underway.ts";
import { reconcile } from "../../../src/controller/reconcile.ts";
import { createAbsences } from "../../../src/diagnosis/create-absences.ts";
import { rules } from "../../../src/diagnosis/rules/index.ts";
import type { ProbeResult, Vantage } from "../../../src/project/ports/probes.ts";
import type { Project, ProjectSpec } from "../../../src/project/project.ts";
import type { Settings } from "../../../src/project/settings.ts";
import type { WishKind } from "../../../src/project/wishes.ts";
import { steps } from "../../../src/steps/index.ts";
import { en } from "../../../src/words/en/index.ts";
import { answered } from "../objects.ts";
import { NOW, project } from "../project.ts";
import { settings } from "../settings.ts";
import { template } from "../template.ts";
import { createMemoryCluster } from "./memory-cluster.ts";
import { createMemoryGitHub } from "./memory-github.ts";
import { createMemoryProjects } from "./memory-projects.ts";
import { createMemorySites } from "./memory-sites.ts";
import { type Mishap, withMishaps } from "./with-mishaps.ts";

/** Everything that a launch touches, in memory, with a clock that only moves when nothing is left to do. */
export function createWorld(given: { settings?: Partial<Settings>; outside?: boolean; now?: Date } = {}) {
  let at = (given.now ?? NOW).getTime();
  const clock = { now: () => new Date(at) };
  const github = createMemoryGitHub(clock);
  const cluster = createMemoryCluster(clock);
  const projects = createMemoryProjects();
  const outcomes: Record<string, ProbeResult["outcome"]> = { inside: answered(), elsewhere: answered() };
  const vantage = (name: string, side: "inside" | "outside"): Vantage => ({
    name,
    side,
    probe: async ({ url }) => ({
      from: name,
      target: { host: new URL(url).hostname, port: 80, path: "/", tls: false },
      at: clock.now(),
      outcome: outcomes[name] ?? answered(),
    }),
  });
  cluster.put({ apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "traefik" } });
  cluster.put({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "slipway-project" },
  });
  cluster.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  cluster.changes.length = 0;

  const vantages = [vantage("inside", "inside"), ...(given.outside ? [vantage("elsewhere", "outside")] : [])];
  /** Slack ids by e-mail address. */
  const people = new Map<string, string>();
  const mishaps = withMishaps({
    github: github.github,
    registry: github.registry,
    cluster: cluster.cluster,
    projects: projects.projects,
    vantages,
    sites: createMemorySites({ vantages, outcomes, control: () => outcomes.control, clock }),
    people: { idOf: async (email) => people.get(email) },
    clock,
  });
  const shown: Project[] = [];
  /** Names of those whose refusal the controller told itself. */
  const refused: string[] = [];
  const logged: string[] = [];
  const log = (_: object, message: string) => void logged.push(message);
  const controller: Controller = {
    ports: mishaps.ports,
    settings: settings(given.settings),
    steps,
    rules,
    templates: [template()],
    words: en,
    messenger: {
      show: (each) => void shown.push(each),
      told: () => world.slack.told,
      refuse: async ({ metadata }) => void refused.push(metadata.name),
    },
    confirmation: createConfirmation(),
    absences: createAbsences(),
    underway: createUnderway(),
    glanced: [],
    delivered: [],
    log: { debug: log, info: log, warn: log, error: log },
  };

  const world = {
    controller,
    github,
    cluster,
    projects,
    outcomes,
    /** Has Slack taken all that was to be told? */
    slack: { told: true },
    people,
    shown,
    refused,
    calls: mishaps.calls,
    mishap: (mishap: Mishap | undefined) => mishaps.set(mishap),
    now: clock.now,
    wait: (seconds: number) => {
      at += seconds * 1000;
    },
    status: (name = "rrr") => {
      const found = projects.stored.get(name);
      if (!found) throw new Error(`no Project ${name}`);
      return found.status;
    },
    create: (spec: Partial<ProjectSpec> = {}) => projects.projects.create("rrr", { ...project().spec, ...spec }),
    /** As somebody with kubectl edits it. */
    edit: (change: (spec: ProjectSpec) => void, name = "rrr") => {
      const found = projects.stored.get(name);
      if (!found) throw new Error(`no Project ${name}`);
      change(found.spec);
      found.metadata.generation = (found.metadata.generation ?? 1) + 1;
    },
    wish: (kind: WishKind, id = `${kind}-1`, params: Record<string, string> = {}) =>
      projects.projects.wish("rrr", { id, kind, params, by: "U0ADA", at: clock.now().toISOString() }),
    /** One pass; a process that died is started anew. */
    async pass(): Promise<Date | undefined> {
      try {
        return (await reconcile("rrr", controller)).again;
      } catch {
        mishaps.restart();
        return new Date(at + 1_000);
      }
    },
    /** Pass after pass, each when the one before asked for it, until that is so. */
    async until(so: () => boolean, passes = 200): Promise<void> {
      for (let pass = 0; pass < passes; pass += 1) {
        const again = await world.pass();
        if (so()) return;
        if (again) at = Math.max(at, again.getTime());
      }
      const stored = projects.stored.get("rrr")?.status;
      throw new Error(
        `it never came to that: ${stored?.phase} ${JSON.stringify(stored?.stages.map((each) => [each.stage, each.state, each.reason]))} ${JSON.stringify(stored?.failure ?? {})}`,
      );
    },
    live: () => world.until(() => projects.stored.get("rrr")?.status.phase === "Live"),
    gone: () => world.until(() => !projects.stored.has("rrr")),
  };
  return world;
}

export type MemoryWorld = ReturnType<typeof createWorld>;
