import { mergeFindings } from "../controller/merge-findings.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import { observe } from "../diagnosis/observe.ts";
import type { Rule } from "../diagnosis/rule.ts";
import type { Finding } from "../project/finding.ts";
import type { ProjectExam } from "../project/ports/doctor.ts";
import type { FindingStatus, Project } from "../project/project.ts";
import { masked } from "./masked.ts";
import { piecesOf } from "./pieces-of.ts";
import type { Surroundings } from "./surroundings.ts";

/** One project, observed and judged now by the same rules as a pass of the controller; nothing is made, mended or written. */
export async function examineProject(
  project: Project,
  { settings, ports }: Pick<Surroundings, "settings" | "ports">,
  rules: readonly Rule[],
): Promise<ProjectExam> {
  const { phase } = project.status;
  // Of what is being taken down everything would seem wrong.
  if (phase === "Removing" || phase === "Removed")
    return { at: ports.clock.now(), lines: [], findings: [], unknown: [] };
  const facts = await observe(project, settings, ports, { whole: true });
  const { findings: seen, unknown } = diagnose(rules, { project, settings, facts });
  // Who asks wants to see what may be wrong, also where it is not made sure of yet.
  const findings = seen.map(({ confirm: _, ...finding }) => finding);
  const environments = facts.environments.map(({ environment }) => environment.name);
  const merged = mergeFindings(project.status.findings, { findings, unknown, environments }, facts.at);
  return {
    at: facts.at,
    lines: piecesOf(project, facts).map(masked),
    findings: [...stopped(project, findings), ...sinceThen(merged, facts.at)],
    unknown,
  };
}

/** What stopped the launch, where nothing that is seen now says the same: a refusal that only another try would show. */
function stopped({ status }: Project, seen: Finding[]): FindingStatus[] {
  const { failure } = status;
  if (!failure || seen.some(({ code }) => code === failure.code)) return [];
  return status.findings.some(({ code, subject }) => code === failure.code && subject === failure.subject)
    ? []
    : [failure];
}

/** What lasts, and what is over only since the status was written. A refused step is not tried again for the asking. */
function sinceThen(findings: FindingStatus[], at: Date): FindingStatus[] {
  return findings.flatMap((found) => {
    if (found.unlooked) return [];
    if (found.subject.startsWith("step/") && found.recoveredAt !== undefined) {
      const { recoveredAt, ...open } = found;
      return new Date(recoveredAt).getTime() === at.getTime() ? [open] : [];
    }
    return found.recoveredAt === undefined || new Date(found.recoveredAt).getTime() === at.getTime() ? [found] : [];
  });
}
