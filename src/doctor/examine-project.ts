import { mergeFindings } from "../controller/merge-findings.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import { observe } from "../diagnosis/observe.ts";
import type { Rule } from "../diagnosis/rule.ts";
import type { Finding } from "../project/finding.ts";
import type { ProjectExam } from "../project/ports/doctor.ts";
import type { FindingStatus, Project } from "../project/project.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { podTrouble } from "../steps/pod-trouble.ts";
import { refusedPods } from "../steps/refused-pods.ts";
import { masked } from "./masked.ts";
import { piecesOf } from "./pieces-of.ts";
import type { Surroundings } from "./surroundings.ts";
import { webhookLine } from "./webhook-line.ts";

/** One project, observed and judged now, as a pass of the controller would; nothing is made, mended or written. */
export async function examineProject(
  project: Project,
  { settings, ports }: Pick<Surroundings, "settings" | "ports">,
  rules: readonly Rule[],
): Promise<ProjectExam> {
  const { phase } = project.status;
  // Of what is being taken down everything would seem wrong.
  if (phase === "Removing" || phase === "Removed")
    return { at: ports.clock.now(), lines: [], findings: [], unknown: [] };
  // What is remembered for a while is asked for again: a person wants to know how it is now.
  ports.github.invalidate({ owner: project.spec.owner, name: project.spec.repository });
  const [snapshot, webhook] = await Promise.all([
    observe(project, settings, ports),
    webhookLine(project, ports.github),
  ]);
  const diagnosis = diagnose(rules, project, snapshot);
  const all = { ...diagnosis, findings: [...diagnosis.findings, ...troubles(project, snapshot)] };
  return {
    at: snapshot.at,
    lines: [...piecesOf(project, snapshot), webhook].map(masked),
    findings: [
      ...stopped(project, all.findings),
      ...sinceThen(mergeFindings(project.status.findings, all, snapshot.at), snapshot.at),
    ],
    unknown: diagnosis.unknown,
  };
}

/** What stopped the launch, where nothing that is seen now says the same. */
function stopped({ status }: Project, seen: Finding[]): FindingStatus[] {
  const { failure } = status;
  return failure && !seen.some(({ code }) => code === failure.code) ? [failure] : [];
}

/** What lasts, and what is over only since the status was written; waiting is no finding to a person. */
function sinceThen(findings: FindingStatus[], at: Date): FindingStatus[] {
  return findings.filter(
    ({ recoveredAt, severity }) =>
      severity !== "wait" && (recoveredAt === undefined || new Date(recoveredAt).getTime() === at.getTime()),
  );
}

/** What the step of the rollout would stop at. */
function troubles(project: Project, snapshot: Snapshot): Finding[] {
  return snapshot.environments.flatMap((at) => {
    const { tag } = project.status.environments.find(({ name }) => name === at.environment.name) ?? {};
    const pods = tag === undefined ? undefined : podTrouble(at, tag, snapshot.at);
    const refused = at.deployments.known ? at.deployments.value.map(refusedPods) : [];
    return [pods, ...refused].filter((each) => each !== undefined);
  });
}
