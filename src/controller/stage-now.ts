import { steadyText } from "../facts/steady-text.ts";
import type { Condition, EnvironmentStatus, FindingStatus, Project, ProjectStatus } from "../project/project.ts";
import type { Reason } from "../project/reason-params.ts";
import type { Stage } from "../project/stage.ts";
import { findingSaid } from "../words/finding-said.ts";
import { own } from "../words/own.ts";
import type { Words } from "../words/words.ts";

type Standing = Pick<Condition, "status" | "reason" | "message">;
type Status = Pick<ProjectStatus, "environments" | "findings">;
type Now = NonNullable<EnvironmentStatus["now"]>;

/** From what a person should hear of first. */
const ORDER: readonly Condition["status"][] = ["False", "Unknown", "True"];

/**
 * What a stage of a live project is at this moment, in the environment where it is worst: what an open finding says of it,
 * else what was seen in this pass. `row`: what its steps came to, where nothing else tells; `reached` if any was.
 */
export function stageNow(
  stage: Stage,
  { reached: isReached, ...row }: Standing & { reached: boolean },
  { spec }: Project,
  status: Status,
  words: Words,
): Standing {
  const open = status.findings.filter(({ recoveredAt }) => recoveredAt === undefined);
  const broken = open.find((found) => found.stage === stage && found.severity === "fail");
  if (broken) return failed(broken, words);
  const steady = { ...row, message: steadyText(row.message) };
  const here = spec.environments.map(({ name }): Standing => {
    const now = status.environments.find((each) => each.name === name)?.now ?? {};
    // What concerns no stage (nobody wanted a pod, the namespace is gone) is why nothing runs and nobody answers.
    const cause = open.find((found) => found.stage === undefined && found.environment === name && stopsAll(found));
    // By what runs nobody sees why the tag that was asked for is not given.
    if (stage === "rollout" && row.reason === AWAITS_COMMIT) return steady;
    if (stage === "rollout") return rolledOut(now, cause, words);
    if (stage === "reachable") return reached(now, cause, words);
    // Until what goes before is done nobody looks; where the application answers, the way to it stands.
    const passed = stage === "ingress" || stage === "certificate";
    return passed && !isReached && answers(now) ? reached(now, cause, words) : steady;
  });
  return ORDER.flatMap((state) => here.find((each) => each.status === state) ?? [])[0] ?? steady;
}

const AWAITS_COMMIT: Reason = "RolloutWaitsForCommit";

/** Of conditions alone, for machines: whoever reads them in words has the message. */
const REASONS = { answered: "Answered", unseen: "Unseen" } as const;

function rolledOut(now: Now, cause: FindingStatus | undefined, words: Words): Standing {
  const { ready, wanted, tag } = now;
  const said = words.slack.status;
  if (now.unseenSince !== undefined) return unseen(now.unseenSince, words);
  if (ready === undefined || wanted === undefined) return unlooked(words);
  const message = [said.pods(ready, wanted), ...(tag === undefined ? [] : [said.runs(tag)])].join(" · ");
  if (ready === wanted && ready > 0) return { status: "True", reason: "RolloutDone", message };
  return cause ? failed(cause, words) : { status: "Unknown", reason: "RolloutProgressing", message };
}

function reached(now: Now, cause: FindingStatus | undefined, words: Words): Standing {
  const { answer, unseenSince } = now;
  if (unseenSince !== undefined) return unseen(unseenSince, words);
  if (answer?.status !== undefined)
    return { status: "True", reason: REASONS.answered, message: words.slack.status.answers(answer.status) };
  if (cause) return failed(cause, words);
  if (answer?.why === undefined) return unlooked(words);
  const message = own<string>(words.reach, answer.why) ?? words.slack.status.answersNotBare;
  return { status: "False", reason: answer.why, message };
}

function answers({ answer, unseenSince }: Now): boolean {
  return unseenSince === undefined && answer?.status !== undefined;
}

function stopsAll({ severity, code }: FindingStatus): boolean {
  return severity === "fail" || code === "scaled-to-zero";
}

function failed({ code, params }: FindingStatus, words: Words): Standing {
  const message = findingSaid(code, params, words)?.title ?? code;
  return { status: "False", reason: code, message };
}

function unseen(since: string, words: Words): Standing {
  return { status: "Unknown", reason: REASONS.unseen, message: `${words.slack.status.unseenSince} ${since}` };
}

function unlooked(words: Words): Standing {
  return { status: "Unknown", reason: REASONS.unseen, message: words.slack.status.answerUnknown };
}
