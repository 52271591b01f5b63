import fc from "fast-check";
import { type Project, projectResource } from "../../src/project/project.ts";
import { STAGES } from "../../src/project/stage.ts";

/** Text as strangers write it: long, empty, with what Slack acts on, outside the basic plane, broken. */
const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "<!channel>",
    "<@U012>",
    "&&&&",
    "a\nb\r\nc",
    "\u0000\u0007",
    "\ud800",
    "😀😀",
    "`*_~`",
    "|>|",
  ),
  fc
    .tuple(fc.constantFrom("x", "<", "&", "😀", "\n", "\ud800"), fc.integer({ min: 100, max: 13_000 }))
    .map(([unit, n]) => unit.repeat(n)),
);
const url = fc.oneof(
  fc.constantFrom("https://rrr.example.com/", "http://127.0.0.1:8080/a?b=1&c=<d>|e", "not a url", ""),
  fc.integer({ min: 2900, max: 4000 }).map((n) => `https://rrr.example.com/${"p".repeat(n)}`),
  text.map((tail) => `https://rrr.example.com/${tail}`),
);
const instant = fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }).map((s) => new Date(s * 1000).toISOString());
const params = fc.dictionary(
  fc.constantFrom("number", "sha", "tag", "host", "detail", "repository", "job", "code"),
  fc.oneof(text, fc.nat()),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const reason = fc.constantFrom(
  "Stalled",
  "Pending",
  "BuildRunning",
  "ReachableTrying",
  "ImageReady",
  "Unheard",
  "RepositoryCreated",
);

const stage = fc.record({
  stage: fc.constantFrom(...STAGES),
  state: fc.constantFrom("pending", "waiting", "done", "skipped", "failed"),
  reason,
  params,
  startedAt: maybe(instant),
  finishedAt: maybe(instant),
});
const finding = fc.record({
  code: fc.oneof(fc.constantFrom("flux-source-timeout", "build-failed", "port-blocked"), text),
  subject: text,
  severity: fc.constantFrom("wait", "warn", "fail"),
  evidence: text,
  seenFrom: fc.oneof(fc.constantFrom("cluster", "inside", "outside:berlin", "github"), text),
  params,
  remedies: fc.array(fc.constantFrom("check-again", "retry", "unheard"), { maxLength: 3 }),
  since: instant,
  lastSeen: instant,
  count: fc.nat(),
  recoveredAt: maybe(instant),
});
const build = fc.record({
  id: fc.nat(),
  number: fc.nat(),
  attempt: fc.nat(),
  sha: text,
  status: text,
  url,
  startedAt: instant,
  failure: maybe(fc.record({ job: text, step: text, lines: fc.array(text, { maxLength: 30 }) })),
});
const deploy = fc.record({
  sha: text,
  tag: text,
  author: text,
  title: text,
  url,
  startedAt: instant,
  finishedAt: maybe(instant),
  state: fc.constantFrom("running", "live", "failed", "superseded"),
  stages: fc.array(stage, { maxLength: 5 }),
  failure: maybe(finding),
});
const intent = fc.record({ id: text, by: fc.oneof(text, fc.constant("U012ABC")), at: instant });

/** Any Project that its schema lets through, however odd. */
export const anyProject: fc.Arbitrary<Project> = fc
  .record({
    metadata: fc.record({ name: text, uid: text, creationTimestamp: instant }),
    spec: fc.record({
      owner: text,
      repository: text,
      template: text,
      environments: fc.constant([{ name: "production", namespace: "rrr", host: "rrr.example.com" }]),
      slack: fc.record({ channel: fc.constant("C012"), requestedBy: fc.oneof(text, fc.constant("U012ABC")) }),
      wishes: fc.dictionary(
        text,
        fc.record({
          kind: fc.constantFrom("retry", "cancel", "undo", "of a later version"),
          by: fc.oneof(text, fc.constant("U012ABC")),
          at: instant,
        }),
      ),
      intents: fc.record({ retry: maybe(intent), cancel: maybe(intent), undo: maybe(intent) }),
    }),
    status: fc.record({
      phase: fc.constantFrom("Launching", "Live", "Failed", "Cancelled", "Kept", "Removing", "Removed"),
      url: maybe(url),
      launch: fc.record({ startedAt: maybe(instant), finishedAt: maybe(instant), sha: maybe(text) }),
      repository: maybe(fc.record({ id: fc.nat(), url, cloneUrl: url, defaultBranch: text })),
      stages: fc.array(stage, { maxLength: 9 }),
      ledger: fc.array(
        fc.record({
          kind: text,
          name: text,
          namespace: maybe(text),
          state: fc.constantFrom("intended", "made", "removed"),
          at: instant,
        }),
        { maxLength: 40 },
      ),
      builds: fc.array(build, { maxLength: 3 }),
      deploys: fc.array(deploy, { maxLength: 3 }),
      findings: fc.array(finding, { maxLength: 4 }),
      failure: maybe(finding),
      expected: maybe(fc.record({ build: fc.nat(), total: fc.nat(), p95: maybe(fc.nat()) })),
    }),
  })
  .map((given) => projectResource.parse({ apiVersion: "slipway.dev/v1alpha1", kind: "Project", ...given }));
