import type { KnownBlock, RichTextBlock, TaskCardBlock } from "@slack/types";
import type { StageStatus } from "../../project/project.ts";
import { STAGES } from "../../project/stage.ts";
import { own } from "../../words/own.ts";
import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { clip, escapeText, oneLine } from "./escape-text.ts";

export interface StageRow {
  stage: StageStatus["stage"];
  state: StageStatus["state"];
  title: string;
  /** Plain text, one line, maybe empty. */
  detail: string;
}

const GLYPHS: Record<StageStatus["state"], string> = {
  done: "✔",
  waiting: "◐",
  pending: "○",
  skipped: "–",
  failed: "✖",
};

const TASKS: Record<StageStatus["state"], TaskCardBlock["status"]> = {
  done: "complete",
  waiting: "in_progress",
  pending: "pending",
  skipped: "complete",
  failed: "error",
};

/**
 * What each stage says, in the order a person reads them; `all`: also those that nothing is known of yet;
 * `halted`: nothing goes on, so nothing waits for anything.
 */
export function stageRows(
  stages: StageStatus[],
  words: Words,
  options: { all: boolean; usualBuild?: number | undefined; halted?: boolean },
): StageRow[] {
  return STAGES.flatMap((name): StageRow[] => {
    const stage = stages.find((each) => each.stage === name);
    if (!stage && !options.all) return [];
    if (options.halted && stage?.state !== "done" && stage?.state !== "failed") {
      const detail = stage?.state === "waiting" ? words.slack.launch.stopped : "";
      return [
        {
          stage: name,
          state: stage?.state === "skipped" ? "skipped" : "pending",
          title: words.slack.stages[name],
          detail,
        },
      ];
    }
    const detail = stage ? detailOf(stage, words) : "";
    const usual =
      name === "build" && stage?.state === "waiting" && options.usualBuild !== undefined
        ? words.slack.usually(words.slack.duration(options.usualBuild))
        : "";
    return [
      {
        stage: name,
        state: stage?.state ?? "pending",
        title: words.slack.stages[name],
        detail: [oneLine(detail), usual].filter((part) => part !== "").join(" · "),
      },
    ];
  });
}

/** A stage that stalled says which trouble it is; the trouble has a message of its own. */
function detailOf({ reason, params }: StageStatus, words: Words): string {
  return own(words.reasons, reason)?.(params) || (own(words.findings, String(params.code))?.title(params) ?? "");
}

export function rowLines(rows: StageRow[]): string {
  return rows
    .map(
      (row) =>
        `${GLYPHS[row.state]}  *${escapeText(row.title)}*${row.detail === "" ? "" : `  ${escapeText(row.detail, 300)}`}`,
    )
    .join("\n");
}

export function rowSection(rows: StageRow[]): KnownBlock[] {
  return rows.length === 0 ? [] : [section(rowLines(rows))];
}

/** https://docs.slack.dev/reference/block-kit/blocks/plan-block: made to be edited in place. */
export function rowPlan(title: string, rows: StageRow[]): KnownBlock {
  return {
    type: "plan",
    title: clip(oneLine(title), 250),
    tasks: rows.map(
      (row): TaskCardBlock => ({
        type: "task_card",
        task_id: row.stage,
        title: row.title,
        status: TASKS[row.state],
        ...(row.detail !== "" && { details: richLine(clip(row.detail, 300)) }),
      }),
    ),
  };
}

function richLine(text: string): RichTextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}
