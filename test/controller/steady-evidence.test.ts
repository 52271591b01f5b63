import { describe, expect, test } from "vitest";
import { mergeFindings } from "../../src/controller/merge-findings.ts";
import { rules } from "../../src/diagnosis/rules/index.ts";
import type { Finding } from "../../src/project/finding.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { at, project } from "../builders/project.ts";

/** Two tries that fail for the same reason, as each words it. */
const TRIES: [what: string, one: string, other: string][] = [
  ["a temporary path", "stat /tmp/kustomization-12/k8s/a: gone", "stat /tmp/kustomization-987654/k8s/a: gone"],
  ["how long it took", "failed after 1.203s: timeout", "failed after 12.5s: timeout"],
  ["a port of its own", "read tcp 10.42.0.5:40112->1.2.3.4:443: reset", "read tcp 10.42.0.9:51234->1.2.3.4:443: reset"],
  [
    "the time",
    "expired: current time 2026-03-01T10:00:00Z is after 2026-02-01T00:00:00Z",
    "expired: current time 2026-03-01T10:00:30Z is after 2026-02-01T00:00:00Z",
  ],
  ["a request's number", "denied, RequestID: 5f3c2a1b-1a2b-4c3d-8e9f-5f3c2a1b0c0d", "denied, RequestID: 1a2b3c4d5e6f"],
  ["a version of an object", "too old resource version: 12 (15)", "too old resource version: 9000 (9001)"],
  ["a pod's name", 'pods "rrr-7d9f8b6c5d-x2x9k" is forbidden', 'pods "rrr-7d9f8b6c5d-bcdfg" is forbidden'],
];

describe.each(rules.map(({ code, severity, stage }) => ({ code, severity, stage })))("$code", (rule) => {
  test.each(TRIES)("that differs in %s alone is one finding, and no message is edited for it", (_, one, other) => {
    const found = (evidence: string): Finding => ({
      ...{ code: rule.code, severity: rule.severity, subject: "Deployment/rrr/rrr", seenFrom: "cluster" },
      ...{ evidence, params: {}, remedies: [] },
      ...(rule.stage === undefined ? {} : { stage: rule.stage }),
    });
    const first = mergeFindings([], { findings: [found(one)], unknown: [] }, at(0));
    const second = mergeFindings(first, { findings: [found(other)], unknown: [] }, at(5));
    expect(second).toEqual(first);
    const digests = (findings: typeof first) =>
      thread(project({ status: { phase: "Live", findings } }), en, at(10)).map(({ digest }) => digest);
    expect(digests(second)).toEqual(digests(first));
  });
});
