import type { Diagnosis } from "../diagnosis/diagnose.ts";
import type { Finding } from "../project/finding.ts";
import type { Acted, StepOutcome } from "./act.ts";

/** What was found and made sure of, and what could not be judged. */
export interface Judged {
  findings: Finding[];
  unknown: Diagnosis["unknown"];
}

/**
 * What rules found, with what steps asked for and were refused: such a refusal is evidence itself, and no rule could see
 * it. A step that was not reached now may be refused as before: that is not known.
 */
export function withRefusals(judged: Judged, { outcomes, project }: Acted): Judged {
  const many = project.spec.environments.length > 1;
  const reached = new Set(outcomes.map((each) => subjectOf(each, many)));
  const unreached = project.status.findings
    .filter(
      ({ subject, recoveredAt }) => recoveredAt === undefined && subject.startsWith("step/") && !reached.has(subject),
    )
    .map(({ code, environment }) => ({
      code,
      ...(environment === undefined ? {} : { environment }),
      reason: { because: "StepUnreached" as const },
    }));
  return {
    findings: [...judged.findings, ...outcomes.flatMap((each) => refusalOf(each, subjectOf(each, many)))],
    unknown: [...judged.unknown, ...unreached],
  };
}

function subjectOf({ step, environment }: StepOutcome, many: boolean): string {
  return many && environment !== undefined ? `step/${step.name}/${environment}` : `step/${step.name}`;
}

function refusalOf({ step, environment, outcome }: StepOutcome, subject: string): Finding[] {
  if (outcome.state !== "refused") return [];
  const { code, evidence, params } = outcome.problem;
  return [
    {
      code,
      severity: "fail",
      subject,
      ...(environment === undefined ? {} : { environment }),
      stage: step.stage,
      evidence,
      seenFrom: "slipway",
      params,
      remedies: ["retry"],
    },
  ];
}
