import type { Finding } from "../project/finding.ts";
import type { Project } from "../project/project.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Rule } from "./rule.ts";

export interface Diagnosis {
  findings: Finding[];
  /** Rules that could not be judged, and why; what they had found before stays as it was. */
  unknown: { code: string; reason: string }[];
}

/** Every rule over the project, or over each of its environments. Pure. */
export function diagnose(rules: readonly Rule[], project: Project, snapshot: Snapshot): Diagnosis {
  const diagnosis: Diagnosis = { findings: [], unknown: [] };
  const judge = (rule: Rule, missing: string | undefined, check: () => ReturnType<Rule["check"]>) => {
    if (missing !== undefined) diagnosis.unknown.push({ code: rule.code, reason: missing });
    else
      for (const found of check())
        diagnosis.findings.push({ ...found, code: rule.code, severity: rule.severity, remedies: [...rule.remedies] });
  };
  for (const rule of rules) {
    if (rule.scope !== "project") continue;
    const missing = rule.needs.map((need) => reasonOf(snapshot[need])).find((reason) => reason !== undefined);
    judge(rule, missing, () => rule.check({ project, snapshot }));
  }
  for (const environment of snapshot.environments) {
    for (const rule of rules) {
      if (rule.scope === "project") continue;
      const evidence = { project, snapshot, environment };
      const missing =
        rule.needs.map((need) => reasonOf(environment[need])).find((reason) => reason !== undefined) ??
        rule.blind?.(evidence);
      judge(rule, missing, () => rule.check(evidence));
    }
  }
  return diagnosis;
}

/** Why it could not be read. */
function reasonOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("known" in value) || value.known !== false) return undefined;
  return "reason" in value ? String(value.reason) : "";
}
