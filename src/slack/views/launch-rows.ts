import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { type StageRow, stageRows } from "./stage-rows.ts";

/** How far a launch has come. What has been stopped waits for nothing; of what is removed there is nothing to tell. */
export function launchRows({ status }: Project, words: Words, now?: Date): StageRow[] {
  switch (status.phase) {
    case "Launching":
      return stageRows(status.stages, words, { all: true, usualBuild: status.expected?.build, now, first: true });
    case "Live":
    case "Failed":
      return stageRows(status.stages, words, { all: true });
    case "Cancelled":
    case "Kept":
      return stageRows(status.stages, words, { all: true, halted: true });
    case "Requested":
    case "Refused":
    case "Removing":
    case "Removed":
      return [];
  }
}
