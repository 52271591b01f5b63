import { describe, expect, test } from "vitest";
import { conditionsOf } from "../../src/controller/conditions-of.ts";
import type { Deploy, EnvironmentStatus, FindingStatus, Project, ProjectStatus } from "../../src/project/project.ts";
import { homeView } from "../../src/slack/views/home-view.ts";
import { launchTitle } from "../../src/slack/views/launch-title.ts";
import { listCard } from "../../src/slack/views/list-card.ts";
import { statusCard } from "../../src/slack/views/status-card.ts";
import { en } from "../../src/words/en/index.ts";
import { at, project } from "../builders/project.ts";
import { said } from "../builders/said.ts";
import { asText } from "./as-text.ts";

const NOW = at(7200);
const URL = "https://rrr.example.com";
const well = { commit: "a".repeat(40), tag: "aaaaaaaaaaaa", ready: 1, wanted: 1, answer: { status: 200 } };

const found = (code: string, given: Partial<FindingStatus> = {}): FindingStatus => ({
  ...{ code, subject: "x", severity: "fail", evidence: "e", seenFrom: "cluster", remedies: [], count: 3 },
  ...{
    params: {
      environment: "production",
      workload: "rrr",
      kind: "Deployment",
      status: 503,
      container: "app",
      host: "rrr.example.com",
      namespace: "rrr",
    },
  },
  ...{ since: at(3600).toISOString(), lastSeen: at(7190).toISOString() },
  ...given,
});
const deploy = (given: Partial<Deploy>): Deploy => ({
  ...{ id: "b", reason: "push", sha: "b".repeat(40), tag: "bbbbbbbbbbbb", author: "", title: "Second", url: "" },
  ...{ startedAt: at(3500).toISOString(), state: "live", stages: [] },
  ...given,
});

/** Live since long, and as it is by now. */
function living(
  given: { now?: object; staging?: EnvironmentStatus["now"]; findings?: FindingStatus[]; deploys?: Deploy[] } = {},
): Project {
  const names = given.staging ? ["production", "staging"] : ["production"];
  const of = (name: string, now: EnvironmentStatus["now"]) => ({ name, url: URL, tag: "aaaaaaaaaaaa", now });
  const status: Partial<ProjectStatus> = {
    phase: "Live",
    url: URL,
    launch: { startedAt: at(0).toISOString(), finishedAt: at(120).toISOString(), sha: "a".repeat(40) },
    environments: [
      of("production", { ...well, ...given.now }),
      ...(given.staging ? [of("staging", given.staging)] : []),
    ],
    findings: given.findings ?? [],
    deploys: given.deploys ?? [],
  };
  const environments = names.map((name) => ({
    ...{ name, namespace: name, host: `${name}.example.com` },
    replicas: 1,
  }));
  return project({
    status,
    spec: { environments: environments.map((each) => ({ ...each, follow: "branch" as const })) },
  });
}

/** What each place says of it. */
function views(of: Project) {
  const stored = { projects: [of], unreadable: [] };
  const conditions = conditionsOf(of, of.status, en, NOW);
  return {
    status: asText(statusCard(of, en, NOW, undefined).blocks ?? []),
    list: asText(listCard(stored, en).blocks ?? []),
    home: asText(homeView(stored, { person: "U0ADA" }, en, NOW).blocks),
    title: launchTitle(of, en, NOW).join(" · "),
    kubectl: conditions.flatMap(({ type, status, message }) => (type === "Ready" ? [`${status} ${message}`] : []))[0],
  };
}

const unreached = { answer: { why: "http-502-503-504", instead: 503 }, ready: 0, tag: undefined };
const failing = (code: string) => said(found(code)).title;

describe("what is true now", () => {
  test("of a project that is well is told everywhere as well", () => {
    const { status, list, title, kubectl } = views(living());
    expect(status).toContain("answers 200");
    expect(status).toContain(en.slack.status.noFindings);
    expect(list).toContain("✔");
    expect(title).toContain("live");
    expect(kubectl).toBe("True ");
  });

  test("is all that status says: how long the launch took is for its own card", () => {
    const { status, title } = views(living());
    const took = en.slack.inTime(en.slack.duration(120));
    expect(title).toContain(took);
    expect(status).not.toContain(took);
  });

  test.each<[string, Project, string]>([
    ["nobody answers", living({ now: unreached, findings: [found("http-502-503-504")] }), failing("http-502-503-504")],
    [
      "the application crashes",
      living({ now: unreached, findings: [found("pod-crashloop")] }),
      failing("pod-crashloop"),
    ],
    [
      "one environment of two is ill",
      living({ staging: { ...well, ...unreached }, findings: [found("pod-crashloop", { environment: "staging" })] }),
      failing("pod-crashloop"),
    ],
  ])("where %s is told in every place, and the launch's good end in none", (_, of, trouble) => {
    const { status, list, home, title, kubectl } = views(of);
    for (const said of [status, list, home, title, kubectl]) expect(said).toContain(trouble);
    for (const said of [status, title]) expect(said).not.toContain(en.slack.inTime(en.slack.duration(120)));
    expect(status).not.toContain(en.slack.status.noFindings);
    expect(list).not.toContain("✔");
    expect(kubectl).toMatch(/^False/);
  });

  test("where somebody wanted no pods is told wherever people read, though it is no failure", () => {
    const of = living({
      now: { ...unreached, wanted: 0 },
      findings: [found("scaled-to-zero", { severity: "warn" })],
    });
    const { status, list, home, title, kubectl } = views(of);
    for (const said of [status, list, home, title]) expect(said).toContain(failing("scaled-to-zero"));
    expect(status).toContain("503");
    expect(status).not.toMatch(/answers 200|No open problems/);
    expect(kubectl).toBe("True ");
  });

  test("of each environment stands beside the other's", () => {
    const lines = views(living({ staging: { ...well, ...unreached } })).status.split("\n");
    const of = (name: string) => lines.find((line) => line.includes(`*${name}*`));
    expect(of("production")).toMatch(/✔.*answers 200.*1 of 1 pod ready/);
    expect(of("staging")).toMatch(/⚠.*not reachable.*\(503\).*0 of 1 pod ready.*nothing runs/);
  });

  test.each([400, 404, 410, 500, 503])(
    "where the application itself answers with %i, nothing is called well",
    (error) => {
      const of = living({ now: { answer: { status: error } } });
      const { status, list, home, title, kubectl } = views(of);
      expect(status).toMatch(new RegExp(`⚠.*production.*answers ${error}`));
      for (const said of [status, list, home, title]) {
        expect(said).toContain(`answers ${error}`);
        expect(said).not.toMatch(/✔|No open problems/);
      }
      // It is reached, and nothing of the cluster's is broken.
      expect(kubectl).toBe("True ");
      const other = views(living({ staging: { ...well, answer: { status: error } } }));
      for (const said of [other.list, other.title]) expect(said).toContain(`answers ${error}`);
    },
  );

  test.each([200, 204, 301, 401, 403])(
    "where it answers with %i, which is a page or a login, all is well",
    (answer) => {
      const { status, list, title } = views(living({ now: { answer: { status: answer } } }));
      expect(status).toMatch(new RegExp(`✔.*production.*answers ${answer}.*No open problems`, "s"));
      expect(list).toContain("✔");
      expect(title).not.toContain("⚠");
    },
  );

  test("where it cannot be looked at is told as unknown, with since when", () => {
    const { status, list, home } = views(living({ now: { unseenSince: at(6000).toISOString() } }));
    for (const said of [list, home]) expect(said).toMatch(/○.*rrr.*live.*not visible since .*11:40/);
    expect(status).toMatch(/○.*production.*not visible since .*11:40/);
    expect(status).not.toContain(en.slack.status.noFindings);
    expect(views(living({ now: { answer: undefined } })).status).toMatch(/○.*production.*not checked yet/);
  });

  test.each<[string, Partial<Deploy>, string]>([
    ["failed", { state: "failed" }, en.slack.deployStates.failed],
    ["goes on", {}, en.slack.deployStates.live],
    ["was held back by a pin", { state: "superseded", heldBack: ["production"] }, en.slack.deployStates.heldBack],
  ])("of the newest deploy, which %s, is the same at home as in status", (_, given, said) => {
    const { status, home } = views(living({ deploys: [deploy({ reason: "launch", id: "a" }), deploy(given)] }));
    expect(status).toContain(`Second · \`bbbbbbb\` · ${said}`);
    expect(home).toContain(`Second · ${said}`);
  });

  test("of a pin to the launch's commit is no launch", () => {
    const first = deploy({ id: "a", reason: "launch", sha: "a".repeat(40), title: "" });
    const pin = deploy({ id: "a.2", reason: "pin", sha: "a".repeat(40), environments: ["production"], title: "" });
    const { home } = views(living({ deploys: [first, pin] }));
    expect(home.split(` · ${en.slack.home.firstLaunch} · `)).toHaveLength(2);
  });
});
