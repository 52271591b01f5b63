import { describe, expect, test } from "vitest";
import type { Deploy, FindingStatus, ProjectStatus, StageStatus } from "../../src/project/project.ts";
import type { Stage } from "../../src/project/stage.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import type { Words } from "../../src/words/words.ts";
import { wish } from "../builders/wish.ts";
import { aProject } from "./a-project.ts";
import { asText } from "./as-text.ts";

const words: Words = {
  ...en,
  findings: {
    ...en.findings,
    "flux-source-timeout": {
      title: () => "Flux cannot reach GitHub",
      cause: (p) => `The cluster gets no answer from ${p.url}.`,
      impact: () => "Your running version is not affected; changes to manifests do not arrive.",
      fix: () => "Open the way from the cluster to GitHub, or set a proxy.",
    },
    "build-failed": {
      title: (p) => `Build #${p.number} failed`,
      cause: (p) => `The step ${p.step} of ${p.job} failed.`,
      impact: () => "There is no image to run.",
      fix: () => "Push a commit that builds, or press Retry.",
    },
  },
};

const at = (clock: string) => `2026-03-01T${clock}.000Z`;
const now = new Date(at("10:02:41"));

const stages: StageStatus[] = [
  {
    stage: "repository",
    state: "done",
    reason: "RepositoryCreated",
    params: { repository: "acme/rrr", template: "nextjs", sha: "3f2a91c" },
    startedAt: at("10:00:00"),
    finishedAt: at("10:00:09"),
  },
  {
    stage: "cluster",
    state: "done",
    reason: "ClusterReady",
    params: {},
    startedAt: at("10:00:09"),
    finishedAt: at("10:00:14"),
  },
  {
    stage: "build",
    state: "waiting",
    reason: "BuildRunning",
    params: { number: 1, job: "build", stepNumber: 4, stepCount: 7, step: "docker build" },
    startedAt: at("10:00:20"),
  },
  { stage: "rollout", state: "waiting", reason: "RolloutWaitsForImage", params: {} },
  { stage: "ingress", state: "pending", reason: "IngressAwaited", params: {} },
  {
    stage: "certificate",
    state: "waiting",
    reason: "CertificatePending",
    params: { issuer: "letsencrypt-prod", state: "HTTP-01 challenge pending" },
  },
  { stage: "reachable", state: "pending", reason: "ReachableAwaited", params: {} },
];
const repository = {
  id: 1,
  url: "https://github.com/acme/rrr",
  cloneUrl: "https://github.com/acme/rrr.git",
  defaultBranch: "main",
};
const build = {
  id: 7,
  number: 1,
  attempt: 1,
  sha: "3f2a91c",
  status: "in_progress",
  url: "https://github.com/acme/rrr/actions/runs/7",
  startedAt: at("10:00:20"),
  jobs: [],
};
const launching = {
  stages,
  repository,
  builds: [build],
  launch: { startedAt: at("10:00:00"), sha: "3f2a91c" },
  expected: { build: 240, total: 271 },
};
const timeout: FindingStatus = {
  code: "flux-source-timeout",
  subject: "GitRepository/rrr/rrr",
  severity: "warn",
  evidence: "failed to checkout and determine revision: dial tcp 20.205.243.166:443: i/o timeout",
  seenFrom: "cluster",
  params: { host: "github.com" },
  remedies: ["check-again", "retry"],
  since: at("10:01:41"),
  lastSeen: at("10:02:40"),
  count: 14,
};

function read(project: Parameters<typeof aProject>[0], dialect: "plan" | "sections" = "sections", when = now): string {
  return thread(aProject(project), words, when)
    .map(
      (message) =>
        `── ${message.key}${message.replyTo ? ` in ${message.replyTo}` : ""}${message.broadcast ? ", broadcast" : ""}\n${asText(message.blocks[dialect])}`,
    )
    .join("\n");
}

test("a launch under way reads as product.md shows it", () => {
  expect(read({ status: launching })).toMatchInlineSnapshot(`
    "── launch
    *rrr* · launching · 2 min 41 s · about 1 min 50 s left
    ✔  *Repository*  acme/rrr, from nextjs, first commit 3f2a91c
    ✔  *Cluster*  namespace, pull secret, Flux source
    ◐  *Image build*  run #1 · build, step 4 of 7: docker build · usually 4 min
    ◐  *Rollout*  waits for the image (this is normal on a first deploy)
    ○  *Ingress*  waits for the rollout
    ◐  *Certificate*  letsencrypt-prod: HTTP-01 challenge pending
    ○  *Reachable*  checked once the steps above are done
    [View build] [Open repository] [Cancel]
    ── milestone/repository in launch
    Repository created: <https://github.com/acme/rrr|acme/rrr>, from the template nextjs."
  `);
});

test("the same as a plan, where the workspace takes one", () => {
  expect(read({ status: launching }, "plan").split("── milestone")[0]).toMatchInlineSnapshot(`
    "── launch
    plan: rrr · launching · 2 min 41 s · about 1 min 50 s left
      complete    Repository  acme/rrr, from nextjs, first commit 3f2a91c
      complete    Cluster  namespace, pull secret, Flux source
      in_progress Image build  run #1 · build, step 4 of 7: docker build · usually 4 min
      in_progress Rollout  waits for the image (this is normal on a first deploy)
      pending     Ingress  waits for the rollout
      in_progress Certificate  letsencrypt-prod: HTTP-01 challenge pending
      pending     Reachable  checked once the steps above are done
    [View build] [Open repository] [Cancel]
    "
  `);
});

test("a live launch says where, how long, what took the time, and what to do next", () => {
  const done = stages.map((stage, index) => ({
    ...stage,
    state: "done" as const,
    ...(stage.stage === "build" && { reason: "ImageReady", params: { image: "ghcr.io/acme/rrr", tag: "3f2a91c" } }),
    startedAt: at(`10:0${index}:00`),
    finishedAt: at(`10:0${index}:${40 + index}`),
  }));
  const status = {
    ...launching,
    stages: done,
    phase: "Live" as const,
    url: "https://rrr.example.com",
    launch: { startedAt: at("10:00:00"), finishedAt: at("10:05:12"), sha: "3f2a91c" },
  };
  expect(read({ status })).toMatchInlineSnapshot(`
    "── launch
    *rrr* · live · <https://rrr.example.com/|https://rrr.example.com> · in 5 min 12 s
    ✔  *Repository*  acme/rrr, from nextjs, first commit 3f2a91c
    ✔  *Cluster*  namespace, pull secret, Flux source
    ✔  *Image build*  ghcr.io/acme/rrr:3f2a91c
    ✔  *Rollout*  waits for the image
    ✔  *Ingress*  waits for the rollout
    ✔  *Certificate*  letsencrypt-prod: HTTP-01 challenge pending
    ✔  *Reachable*  checked once the steps above are done
    (As of the launch, <!date^1772359512^{date_short_pretty} {time}|2026-03-01 10:05 UTC>. How it is now: /project status rrr)
    [Open site] [Open repository]
    ── milestone/repository in launch
    Repository created: <https://github.com/acme/rrr|acme/rrr>, from the template nextjs.
    ── milestone/image in launch
    Image built in 42 s.
    \`ghcr.io/acme/rrr:3f2a91c\`
    ── milestone/running in launch
    Running 1 min 1 s after the image was built.
    ── milestone/live in launch
    ✔  *rrr is live at <https://rrr.example.com/|https://rrr.example.com>, 5 min 12 s*
    What took the time: reachable 46 s, certificate 45 s, ingress 44 s.
    To change it, clone, commit and push. Each push is built and deployed in its own thread.
    \`\`\`
    gh repo clone acme/rrr
    cd rrr
    git commit --allow-empty -m "Try a deploy" && git push origin main
    \`\`\`"
  `);
});

test("a failed launch shows cause, proof and fix, and mentions who launched it", () => {
  const failure: FindingStatus = {
    ...timeout,
    code: "build-failed",
    subject: "run/7/1",
    severity: "fail",
    evidence: "npm error code ELIFECYCLE",
    seenFrom: "github",
    params: { number: 1, job: "build", step: "docker build" },
    remedies: ["retry"],
    since: at("10:02:30"),
  };
  const status = {
    ...launching,
    phase: "Failed" as const,
    failure,
    builds: [
      {
        ...build,
        failure: {
          job: "build",
          step: "docker build",
          lines: ["> next build", "Type error: x is not a function", "npm error code ELIFECYCLE"],
        },
      },
    ],
    launch: { ...launching.launch, finishedAt: at("10:02:30") },
  };
  expect(read({ status, requestedBy: "U0ADA" })).toMatchInlineSnapshot(`
    "── launch
    *rrr* · failed · after 2 min 30 s
    ✔  *Repository*  acme/rrr, from nextjs, first commit 3f2a91c
    ✔  *Cluster*  namespace, pull secret, Flux source
    ◐  *Image build*  run #1 · build, step 4 of 7: docker build
    ◐  *Rollout*  waits for the image
    ○  *Ingress*  waits for the rollout
    ◐  *Certificate*  letsencrypt-prod: HTTP-01 challenge pending
    ○  *Reachable*  checked once the steps above are done
    *Build #… failed*
    \`\`\`
    npm error code ELIFECYCLE
    \`\`\`
    [Retry] [Undo] [Keep as it is] [View build] [Open repository]
    ── milestone/repository in launch
    Repository created: <https://github.com/acme/rrr|acme/rrr>, from the template nextjs.
    ── finding/build-failed/run/7/1 in launch, broadcast
    ✖  *rrr · Build #… failed*  <@U0ADA>
    (Last lines of build › docker build)
    \`\`\`
    > next build
    Type error: x is not a function
    npm error code ELIFECYCLE
    \`\`\`
    (since <!date^1772359350^{time}|10:02 UTC> · seen on GitHub)"
  `);
});

test("what stops a launch calls whoever launched it as it is posted, before the launch is said to have failed", () => {
  const failure = { ...timeout, code: "build-failed", severity: "fail" as const, since: at("10:02:30") };
  const status = { ...launching, findings: [{ ...failure, stage: "build" as const }] };
  const [told] = thread(aProject({ status }), words, now).filter(({ key }) => key.startsWith("finding"));
  expect(told?.broadcast).toBe(true);
  // It says the same once the launch is said to have failed, when its time runs no more.
  expect(told?.refreshEvery).toBeUndefined();
  expect(JSON.stringify(told?.blocks.sections)).not.toContain("failing");
  expect(JSON.stringify(told?.blocks.sections)).toContain("<@U0ADA>");
  const [later] = thread(
    aProject({ status: { ...launching, findings: [{ ...failure, stage: "ingress" as const }] } }),
    words,
    now,
  ).filter(({ key }) => key.startsWith("finding"));
  expect(later?.broadcast).toBeUndefined();
});

describe("what stops a deploy", () => {
  const failure: FindingStatus = { ...timeout, code: "build-failed", severity: "fail", since: at("10:02:30") };
  const deploy: Deploy = {
    ...{ id: "9b1c2d3", reason: "push", sha: "9b1c2d3", tag: "9b1c2d3", author: "", title: "Say hello", url: "" },
    ...{ startedAt: at("10:01:00"), state: "running", stages: [] },
  };
  const told = (given: Partial<Deploy>, found: Partial<FindingStatus> = {}) => {
    const findings = [{ ...failure, stage: "build" as const, ...found }];
    const status = { ...launching, phase: "Live" as const, stages: [], deploys: [{ ...deploy, ...given }], findings };
    const [message] = thread(aProject({ status }), words, new Date(at("10:02:50"))).filter(({ key }) =>
      key.startsWith("finding"),
    );
    return { runs: message?.refreshEvery !== undefined, says: JSON.stringify(message?.blocks.sections) };
  };

  test.each<[string, Partial<Deploy>, Partial<FindingStatus>, boolean]>([
    ["is told without a clock, which somebody would have to wind: it waits for a person", {}, {}, false],
    ["stays so once that is said to have failed", { state: "failed", failure }, {}, false],
    ["has a clock where it was wrong before, which that deploy may not end", {}, { since: at("10:00:30") }, true],
    ["has one where nothing was stopped by it", { state: "live", finishedAt: at("10:02:00") }, {}, true],
    ["has one where another thing stopped that", { state: "failed", failure: { ...failure, code: "x" } }, {}, true],
    ["has one where it stops no row at all", {}, { stage: undefined }, true],
  ])("%s", (_, given, found, runs) => {
    expect(told(given, found).runs).toBe(runs);
    if (runs) expect(told(given, found).says).toContain("failing");
    else expect(told(given, found).says).not.toContain("failing");
  });
});

test("the project's rows stand before those of its environments", () => {
  const of = (environment: string) =>
    stages.filter(({ stage }) => stage !== "repository" && stage !== "build").map((row) => ({ ...row, environment }));
  const own = stages.filter(({ stage }) => stage === "repository" || stage === "build");
  const status = { ...launching, stages: [...of("production"), ...of("staging"), ...own] };
  const lines = read({ status }).split("\n").slice(1, 6);
  expect(lines.map((line) => /\*(.+?)\*/.exec(line)?.[1])).toEqual([
    "rrr",
    "Repository",
    "Image build",
    "production",
    "Cluster",
  ]);
});

test("who undid a launch, or deleted a project, is named where it is over", () => {
  const by = { by: "U0LIN", at: at("10:02:00") };
  const removed = { ...launching, phase: "Removed" as const };
  expect(read({ status: removed, wishes: [wish("undo", by)] })).toContain(
    "(Undone by <@U0LIN>. Everything this launch created is removed.)",
  );
  expect(read({ status: removed, wishes: [wish("remove", by)] })).toContain(
    "(Deleted by <@U0LIN>. Everything created for it is deleted.)",
  );
  const failure = { ...timeout, severity: "fail" as const };
  expect(read({ status: { ...launching, findings: [failure] } })).toContain("What to do:");
  expect(read({ status: { ...removed, findings: [failure] } })).not.toMatch(/What to do:|\[/);
  const removing = { ...launching, phase: "Removing" as const, failure, findings: [failure] };
  // What holds up the removal itself.
  expect(read({ status: removing }).split("What to do:")).toHaveLength(3);
});

test("a warning says what it means, is edited while it lasts and closed when it is over", () => {
  const tail = (text: string) => text.slice(text.indexOf("── finding"));
  const open = read({ status: { ...launching, findings: [timeout] } });
  expect(tail(open)).toMatchInlineSnapshot(`
    "── finding/flux-source-timeout/GitRepository/rrr/rrr in launch
    ⚠  *Flux cannot reach GitHub*
    The cluster gets no answer from .
    Your running version is not affected; changes to manifests do not arrive.
    \`\`\`
    failed to checkout and determine revision: dial tcp 20.205.243.166:443: i/o timeout
    \`\`\`
    *What to do:* Open the way from the cluster to GitHub, or set a proxy.
    (still failing, 14 times, 1 min · since <!date^1772359301^{time}|10:01 UTC> · seen in the cluster)
    [Check again]"
  `);
  const over = read({ status: { ...launching, findings: [{ ...timeout, recoveredAt: at("10:02:20") }] } });
  expect(tail(over)).toMatchInlineSnapshot(`
    "── finding/flux-source-timeout/GitRepository/rrr/rrr in launch
    ✔  *Resolved after 39 s:* Flux cannot reach GitHub
    The cluster gets no answer from .
    \`\`\`
    failed to checkout and determine revision: dial tcp 20.205.243.166:443: i/o timeout
    \`\`\`
    (since <!date^1772359301^{time}|10:01 UTC>)"
  `);
});

test("who keeps, undoes or deletes is named while it is so", () => {
  const by = { by: "U0LIN", at: at("10:02:00") };
  const phase = (each: "Kept" | "Removing") => ({ ...launching, phase: each });
  expect(read({ status: phase("Kept"), wishes: [wish("keep", by)] })).toContain(
    "Kept by <@U0LIN>. Slipway leaves it as it is",
  );
  expect(read({ status: phase("Removing"), wishes: [wish("undo", by)] })).toContain(
    "Requested by <@U0LIN>. Removing what this launch created",
  );
  expect(read({ status: phase("Removing"), wishes: [wish("remove", by)] })).toContain(
    "Requested by <@U0LIN>. Deleting everything created for it",
  );
});

test("who tries again is named by an edit, which calls nobody", () => {
  const wishes = [wish("retry", { id: "again", by: "U0LIN", at: at("10:02:00") })];
  const status = { ...launching, handled: ["again"] };
  const message = { channel: "C1", ts: "1.2", digest: "", at: at("10:02:01") };
  expect(read({ status, wishes })).toContain("Retrying from where it stopped.");
  expect(read({ status: { ...status, messages: { "retry/again": message } }, wishes })).toContain(
    "<@U0LIN> retried, from where it stopped.",
  );
});

test("cancelled, kept, removing and removed are said", () => {
  const wishes = [wish("cancel", { by: "U0LIN", at: at("10:02:00") })];
  const root = (phase: "Cancelled" | "Kept" | "Removing" | "Removed") => {
    const ledger = ["Namespace", "Repository"].map((kind) => ({
      kind,
      name: "rrr",
      state: "made" as const,
      at: at("10:00:00"),
    }));
    return read({ status: { ...launching, phase, ledger, stages: [], repository: undefined }, wishes });
  };
  expect(
    [root("Cancelled"), root("Kept"), root("Removing"), root("Removed")]
      .map((text) =>
        text
          .split("\n")
          .filter((line) => !line.startsWith("○"))
          .join("\n"),
      )
      .join("\n\n"),
  ).toMatchInlineSnapshot(`
    "── launch
    *rrr* · cancelled · after 2 min
    (Cancelled by <@U0LIN>. Slipway stopped here. Retry continues the launch, Undo removes what it created.)
    [Retry] [Undo]

    ── launch
    *rrr* · kept as it is
    (Slipway leaves it as it is. Retry continues the launch, Undo removes what it created.)
    [Retry] [Undo]

    ── launch
    *rrr* · removing
    (Removing what this launch created, newest first: 0 of 2 removed.)

    ── launch
    *rrr* · removed
    (Everything this launch created is removed.)"
  `);
});

test("a later commit has a root of its own, and its failure is told in its thread", () => {
  const deploy: Deploy = {
    id: "9b1c2d3e4f5a",
    sha: "9b1c2d3e4f5a",
    tag: "9b1c2d3e4f5a",
    author: "Ada Byrne",
    title: "Say <!channel> hello & goodbye",
    url: "https://github.com/acme/rrr/commit/9b1c2d3e4f5a",
    startedAt: at("10:01:00"),
    state: "running" as const,
    stages: [
      { stage: "build" as const, state: "waiting" as const, reason: "BuildQueued", params: { number: 2 } },
      { stage: "rollout" as const, state: "pending" as const, reason: "Pending", params: {} },
    ],
  };
  const live = { ...launching, phase: "Live" as const, stages: [], repository: undefined };
  const tail = (text: string) => text.slice(text.indexOf("── deploy"));
  const failed: Deploy = {
    ...deploy,
    state: "failed" as const,
    finishedAt: at("10:02:00"),
    failure: { ...timeout, severity: "fail" as const },
  };
  expect(tail(read({ status: { ...live, deploys: [deploy] } }))).toMatchInlineSnapshot(`
    "── deploy/9b1c2d3e4f5a
    *rrr* · deploying · 1 min 41 s · about 2 min 50 s left
    <https://github.com/acme/rrr/commit/9b1c2d3e4f5a|Say &lt;!channel&gt; hello &amp; goodbye> · by Ada Byrne · \`9b1c2d3\`
    ◐  *Image build*  run #2 · queued · usually 4 min
    ○  *Rollout*"
  `);
  const stopped = { ...timeout, severity: "fail" as const, since: at("10:01:30") };
  expect(tail(read({ status: { ...live, deploys: [failed], findings: [stopped] } }))).toMatchInlineSnapshot(`
    "── deploy/9b1c2d3e4f5a
    *rrr* · deploy failed · after 1 min
    <https://github.com/acme/rrr/commit/9b1c2d3e4f5a|Say &lt;!channel&gt; hello &amp; goodbye> · by Ada Byrne · \`9b1c2d3\`
    ◐  *Image build*  run #2 · queued
    ○  *Rollout*
    (The deploy of 9b1c2d3e4f5a failed.)
    [Retry]
    ── finding/flux-source-timeout/GitRepository/rrr/rrr in deploy/9b1c2d3e4f5a, broadcast
    ✖  *rrr · Flux cannot reach GitHub*  <@U0ADA>
    The cluster gets no answer from .
    Your running version is not affected; changes to manifests do not arrive.
    \`\`\`
    failed to checkout and determine revision: dial tcp 20.205.243.166:443: i/o timeout
    \`\`\`
    *What to do:* Open the way from the cluster to GitHub, or set a proxy.
    (still failing, 14 times, 1 min 11 s · since <!date^1772359290^{time}|10:01 UTC> · seen in the cluster)
    [Check again]"
  `);
});

test("what stopped a deploy of the version before is told on where that had told it", () => {
  const failure = { ...timeout, severity: "fail" as const, since: at("10:01:30") };
  const deploy: Deploy = {
    ...{ sha: "9b1c2d3e4f5a", tag: "9b1c2d3e4f5a", author: "Ada", title: "Hello", url: "" },
    ...{ startedAt: at("10:01:00"), finishedAt: at("10:02:00"), state: "failed", stages: [], failure },
  };
  const status = { ...launching, phase: "Live" as const, stages: [], repository: undefined, deploys: [deploy] };
  const keys = (findings: FindingStatus[]) =>
    thread(aProject({ status: { ...status, findings } }), en, new Date(at("10:03:00"))).map(({ key }) => key);
  const told = ["launch", "deploy/9b1c2d3e4f5a", "deploy/9b1c2d3e4f5a/failure"];
  expect(keys([])).toEqual(told);
  expect(keys([failure])).toEqual(told);
  expect(keys([{ ...failure, recoveredAt: at("10:02:30") }])).toEqual(told);
});

test("a deploy that is no failure is told as what it is, and can be tried again where something may come of it", () => {
  const deploy: Deploy = {
    id: "9b1c2d3e4f5a.2",
    reason: "push",
    sha: "9b1c2d3e4f5a",
    tag: "9b1c2d3e4f5a",
    author: "Ada Byrne",
    title: "Say hello",
    url: "",
    startedAt: at("10:01:00"),
    finishedAt: at("10:02:00"),
    state: "superseded",
    stages: [{ stage: "build", state: "done", reason: "ImageReady", params: { image: "i", tag: "9b1c2d3e4f5a" } }],
  };
  const live = { ...launching, phase: "Live" as const, stages: [], repository: undefined };
  const told = (given: Partial<Deploy>) => {
    const text = read({ status: { ...live, deploys: [{ ...deploy, ...given }] } });
    return text.slice(text.indexOf("── deploy"));
  };
  expect(told({})).toMatchInlineSnapshot(`
    "── deploy/9b1c2d3e4f5a.2
    *rrr* · replaced by a newer commit
    Say hello · by Ada Byrne · \`9b1c2d3\`
    ✔  *Image build*  i:9b1c2d3e4f5a"
  `);
  const gone = read({
    status: { ...live, phase: "Removed", deploys: [{ ...deploy, state: "live", url: "https://x" }] },
  });
  expect(gone.slice(gone.indexOf("── deploy"))).toMatchInlineSnapshot(`
    "── deploy/9b1c2d3e4f5a.2
    *rrr* · removed
    <https://x/|Say hello> · by Ada Byrne · \`9b1c2d3\`
    ✔  *Image build*  i:9b1c2d3e4f5a"
  `);
  const runs = { environments: [{ name: "production", now: { tag: "3f2a91c0aa11", ready: 1, wanted: 1 } }] };
  const failed = (later: Deploy[]) =>
    read({ status: { ...live, ...runs, deploys: [{ ...deploy, state: "failed" }, ...later] } });
  expect(failed([])).toContain(
    "(The deploy of 9b1c2d3e4f5a failed. production still runs 3f2a91c0aa11 (1 of 1 pod ready).)",
  );
  // What runs by then is another one's.
  expect(failed([{ ...deploy, id: "3f2a91c0aa11.3", state: "live" }])).toContain(
    "(The deploy of 9b1c2d3e4f5a failed.)",
  );
  // It is pinned no more.
  expect(told({ heldBack: ["production"] })).toMatchInlineSnapshot(`
    "── deploy/9b1c2d3e4f5a.2
    *rrr* · held back by a pin
    Say hello · by Ada Byrne · \`9b1c2d3\`
    ✔  *Image build*  i:9b1c2d3e4f5a
    (production was pinned to another commit, so this one was not deployed there.)"
  `);
  const pinned = aProject({ status: { ...live, deploys: [{ ...deploy, heldBack: ["production"] }] } });
  const environments = pinned.spec.environments.map((each) => ({ ...each, follow: "pinned" as const, commit: "5ad" }));
  const [, card] = thread({ ...pinned, spec: { ...pinned.spec, environments } }, words, now);
  expect(JSON.stringify(card?.blocks.sections)).toContain(
    "production is pinned to another commit, so this one is not deployed there.",
  );
  expect(
    told({ stages: [{ stage: "build", state: "skipped", reason: "BuildCancelled", params: { number: 2 } }] }),
  ).toMatchInlineSnapshot(`
    "── deploy/9b1c2d3e4f5a.2
    *rrr* · cancelled
    Say hello · by Ada Byrne · \`9b1c2d3\`
    –  *Image build*  run #2 was cancelled
    [Retry]"
  `);
  // The commit of a launch is nobody's, and has no title.
  expect(told({ reason: "pin", environments: ["production"], state: "live", title: "", author: "" })).toContain(
    "\nproduction pinned to this commit · `9b1c2d3`\n",
  );
  expect(told({ reason: "pin", environments: ["production"], state: "live" })).toMatchInlineSnapshot(`
    "── deploy/9b1c2d3e4f5a.2
    *rrr* · live · in 1 min
    production pinned to this commit · Say hello · by Ada Byrne · \`9b1c2d3\`
    ✔  *Image build*  i:9b1c2d3e4f5a"
  `);
});

test("only the clock: the digest stays, the words change", () => {
  const project = aProject({ status: { ...launching, findings: [timeout] } });
  const later = new Date(now.getTime() + 30_000);
  const [before, after] = [thread(project, words, now), thread(project, words, later)];
  expect(after.map((message) => message.digest)).toEqual(before.map((message) => message.digest));
  expect(after[0]?.text).not.toBe(before[0]?.text);
});

describe("the time left", () => {
  /** The build was done after a minute, of four that it usually takes; then the pods ran, and a certificate is waited for. */
  const ended = (stage: Stage, finishedAt: string) => ({
    stage,
    state: "done" as const,
    reason: "Done",
    params: {},
    finishedAt,
  });
  const built = ended("build", at("10:01:00"));
  const waiting = { ...launching, stages: [built, ended("rollout", at("10:01:15"))] };
  const left = (status: Partial<ProjectStatus>, time: string) =>
    read({ status }, "sections", new Date(at(time)))
      .split("\n")[1]
      ?.split(" · ")[3];

  test("is that of what is still to come, where the build was quicker than usual", () => {
    expect(left({ ...launching, stages: [] }, "10:01:00")).toBe("about 3 min 40 s left");
    expect(left({ ...launching, stages: [built] }, "10:01:01")).toBe("about 30 s left");
    expect(left(waiting, "10:01:16")).toBe("about 20 s left");
  });

  test("falls while a certificate is waited for, and is not told once that takes longer than usual", () => {
    const told = ["10:01:15", "10:01:20", "10:01:25", "10:01:30", "10:02:00"].map((time) => left(waiting, time));
    expect(told).toEqual(["about 20 s left", "about 20 s left", "about 10 s left", undefined, undefined]);
    expect(left(waiting, "10:04:40")).toBe("past the usual 4 min 31 s");
  });
});

test("slower than usual is a change of its own, once, past the 95th percentile", () => {
  const status = { ...launching, expected: { build: 100, total: 150, p95: 170 } };
  const digest = (seconds: number) =>
    thread(aProject({ status }), words, new Date(Date.parse(at("10:00:00")) + seconds * 1000))[0];
  expect(digest(169)?.digest).not.toBe(digest(171)?.digest);
  expect(digest(171)?.digest).toBe(digest(300)?.digest);
  expect(digest(171)?.text).toBe("rrr · launching · 2 min 51 s · slower than usual (usually 2 min 30 s)");
  expect(digest(160)?.text).toBe("rrr · launching · 2 min 40 s · past the usual 2 min 30 s");
});

test("waiting is never a problem of its own", () => {
  const keys = thread(
    aProject({ status: { ...launching, findings: [{ ...timeout, severity: "wait" }] } }),
    words,
    now,
  ).map(({ key }) => key);
  expect(keys.filter((key) => key.startsWith("finding"))).toEqual([]);
});

test("who pressed a button a moment before the failure is not mentioned", () => {
  const failure = { ...timeout, severity: "fail" as const, since: at("10:02:30") };
  const status = { ...launching, phase: "Failed" as const, failure };
  const wishes = [wish("retry", { by: "U0ADA", at: at("10:02:10") })];
  expect(read({ status, requestedBy: "U0ADA" })).toContain("<@U0ADA>");
  expect(read({ status, requestedBy: "U0ADA", wishes })).not.toContain("<@U0ADA>");
});

test("that waiting for the image is normal is said of the first deploy, and of no later one", () => {
  const waiting = { stage: "rollout", state: "waiting", reason: "RolloutWaitsForImage", params: {} } as const;
  const deploy: Deploy = {
    ...{ id: "9b1c2d3e4f5a", reason: "push", sha: "9b1c2d3e4f5a", tag: "9b1c2d3e4f5a", author: "Ada", title: "Hello" },
    ...{ url: "", startedAt: at("10:01:00"), state: "running", stages: [waiting] },
  };
  const first = read({ status: launching });
  const later = read({ status: { ...launching, phase: "Live", stages: [], deploys: [deploy] } });
  expect(
    [first, later].map((text) => /waits for the image(?: \(this is normal on a first deploy\))?/.exec(text)?.[0]),
  ).toEqual(["waits for the image (this is normal on a first deploy)", "waits for the image"]);
});

describe("the link that compares", () => {
  const of = (sha: string, given: Partial<Deploy> = {}): Deploy => ({
    ...{ id: sha, reason: "push", sha, tag: sha, author: "Ada", title: "Hello", url: "" },
    ...{ startedAt: at("10:01:00"), state: "live", stages: [] },
    ...given,
  });
  const [one, two, three] = ["1".repeat(40), "2".repeat(40), "3".repeat(40)] as const;
  const compared = (deploys: Deploy[], of = repository) =>
    (
      read({ status: { ...launching, phase: "Live", stages: [], repository: of, deploys } }).match(
        /\/compare\/[^|]+/g,
      ) ?? []
    ).map((link) => link.replace(/([0-9a-f])\1+/g, "$1"));

  test("leads from the commit that was live before to this one", () =>
    expect(compared([of(one), of(two)])).toEqual(["/compare/1...2"]));

  test("passes by what never went live", () =>
    expect(compared([of(one), of(two, { state: "failed" }), of(three)])).toEqual(["/compare/1...2", "/compare/1...3"]));

  test("is none where nothing was live before, where the commit is the same, and where somebody went back", () => {
    expect(compared([of(one, { state: "failed" }), of(two)])).toEqual([]);
    expect(compared([of(one), of(one, { id: "again" })])).toEqual([]);
    expect(compared([of(one), of(two, { reason: "pin", environments: ["production"] })])).toEqual([]);
  });
});
