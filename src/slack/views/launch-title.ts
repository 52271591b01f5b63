import { isLetGo } from "../../project/is-let-go.ts";
import { lastWish } from "../../project/last-wish.ts";
import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { liveTitle } from "./live-title.ts";
import { paceWords } from "./pace-words.ts";
import { secondsBetween } from "./time.ts";
import { troubleNow } from "./trouble-now.ts";

/** `rrr`, `launching`, `2 min 41 s`, `about 1 min 50 s left`. Without `now`, without what only the clock changes. */
export function launchTitle(project: Project, words: Words, now: Date | undefined): string[] {
  const { status } = project;
  const { slack } = words;
  if (isLetGo(project)) return [project.metadata.name, slack.farewell.title];
  const parts = [project.metadata.name, slack.phases[status.phase]];
  const started = status.launch.startedAt ?? project.metadata.creationTimestamp;
  const ended = status.launch.finishedAt ?? status.failure?.since ?? cancelledAt(project);
  const took = started && ended ? slack.duration(secondsBetween(started, ended)) : undefined;
  switch (status.phase) {
    case "Launching":
      return [
        ...parts,
        ...paceWords({ startedAt: started, stages: status.stages, expected: status.expected }, now, words),
      ];
    case "Live":
      // While something is wrong, how long the launch took is nobody's question.
      return [...liveTitle(project, words), ...(took && !troubleNow(project) ? [slack.inTime(took)] : [])];
    case "Failed":
    case "Cancelled":
    case "Kept":
      return took ? [...parts, slack.after(took)] : parts;
    case "Requested":
    case "Refused":
    case "Removing":
    case "Removed":
      return parts;
  }
}

function cancelledAt(project: Project): string | undefined {
  return project.status.phase === "Cancelled" ? lastWish(project, "cancel")?.at : undefined;
}
