import type { Finding } from "../project/finding.ts";
import type { Project } from "../project/project.ts";
import type { EnvironmentSnapshot, Snapshot } from "../project/snapshot.ts";
import type { Rule } from "./rule.ts";

export interface Diagnosis {
  findings: Finding[];
  /** Rules that could not be judged, and why; what they had found before stays as it was. */
  unknown: { code: string; reason: string }[];
}

/** Every rule over every environment. Pure. */
export function diagnose(rules: readonly Rule[], project: Project, snapshot: Snapshot): Diagnosis {
  const diagnosis: Diagnosis = { findings: [], unknown: [] };
  for (const environment of snapshot.environments) {
    for (const rule of rules) {
      const missing =
        rule.needs.map((need) => unreadable(environment, need)).find((reason) => reason !== undefined) ??
        rule.blind?.({ project, snapshot, environment });
      if (missing !== undefined) diagnosis.unknown.push({ code: rule.code, reason: missing });
      else
        for (const found of rule.check({ project, snapshot, environment }))
          diagnosis.findings.push({ ...found, code: rule.code, severity: rule.severity, remedies: [...rule.remedies] });
    }
  }
  return diagnosis;
}

function unreadable(environment: EnvironmentSnapshot, need: keyof EnvironmentSnapshot): string | undefined {
  const value = environment[need];
  return typeof value === "object" && "known" in value && !value.known ? value.reason : undefined;
}
