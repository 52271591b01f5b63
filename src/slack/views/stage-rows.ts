import type { KnownBlock, RichTextBlock, TaskCardBlock } from "@slack/types";
import type { StageStatus } from "../../project/project.ts";
import { STAGES } from "../../project/stage.ts";
import { findingSaid } from "../../words/finding-said.ts";
import { reasonSaid } from "../../words/reason-said.ts";
import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { clip, escapeText, oneLine } from "./escape-text.ts";
import { longWait } from "./long-wait.ts";

export interface StageRow {
  stage: StageStatus["stage"];
  /** Where a project has several: whose row it is. */
  environment?: string | undefined;
  state: StageStatus["state"];
  title: string;
  /** Plain text, one line, maybe empty. */
  detail: string;
}

interface RowOptions {
  usualBuild?: number | undefined;
  /** Nothing goes on, so nothing waits for anything. */
  halted?: boolean;
  /** By the clock too: how long something is waited for. */
  now?: Date | undefined;
  /** Nothing has run before: what waits for its image is no sign of trouble. */
  first?: boolean;
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
 * What each stage says, in the order a person reads them, the project's before each environment's; `all`: also those that
 * nothing is known of yet.
 */
export function stageRows(stages: StageStatus[], words: Words, options: { all: boolean } & RowOptions): StageRow[] {
  // Array.sort would put what is undefined last, whatever it is told.
  const named = new Set(stages.map(({ environment }) => environment));
  const environments = [undefined, ...named].filter((each, at, all) => named.has(each) && all.indexOf(each) === at);
  // Nothing is on its way to what waits for an image of a build that has failed.
  const isUnbuilt = stages.some(({ stage, state }) => stage === "build" && state === "failed");
  const held = (stage: StageStatus | undefined) =>
    isUnbuilt && stage?.reason === "RolloutWaitsForImage" ? { ...stage, state: "pending" as const } : stage;
  if (stages.length === 0) return options.all ? STAGES.map((name) => rowOf(name, undefined, words, options)) : [];
  return environments.flatMap((environment) => {
    const own = stages.filter((each) => each.environment === environment);
    const shown = options.all && environments.length === 1 ? STAGES : STAGES.filter((name) => own.some(is(name)));
    return shown.map((name) => ({ ...rowOf(name, held(own.find(is(name))), words, options), environment }));
  });
}

const is = (name: StageStatus["stage"]) => (each: StageStatus) => each.stage === name;

function rowOf(
  name: StageStatus["stage"],
  stage: StageStatus | undefined,
  words: Words,
  { usualBuild, halted, now, first }: RowOptions,
): StageRow {
  const row = { stage: name, title: words.slack.stages[name] };
  if (halted && stage?.state !== "done" && stage?.state !== "failed")
    return {
      ...row,
      state: stage?.state === "skipped" ? "skipped" : "pending",
      detail: stage?.state === "waiting" ? words.slack.launch.stopped : "",
    };
  const waited = stage ? longWait(stage, usualBuild, words, now) : "";
  const usual =
    waited === "" && name === "build" && stage?.state === "waiting" && usualBuild !== undefined
      ? words.slack.usually(words.slack.duration(usualBuild))
      : "";
  return {
    ...row,
    state: stage?.state ?? "pending",
    detail: [oneLine(stage ? detailOf(stage, words, first) : ""), waited, usual]
      .filter((part) => part !== "")
      .join(" · "),
  };
}

/** A stage that stalled says which trouble it is; the trouble has a message of its own. */
function detailOf({ reason, params }: StageStatus, words: Words, first: boolean | undefined): string {
  return (
    (first && reason === "RolloutWaitsForImage" && words.slack.launch.waitsForFirstImage) ||
    reasonSaid(reason, params, words) ||
    (findingSaid(String(params.code), params, words)?.title ?? "")
  );
}

/** An environment's rows stand under its name. */
function rowLines(rows: StageRow[]): string {
  return rows
    .flatMap((row, index) => {
      const detail = row.detail === "" ? "" : `  ${escapeText(row.detail, 300)}`;
      const line = `${GLYPHS[row.state]}  *${escapeText(row.title)}*${detail}`;
      const begins = row.environment !== undefined && rows[index - 1]?.environment !== row.environment;
      return begins ? [`*${escapeText(row.environment ?? "", 80)}*`, line] : [line];
    })
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
        task_id: row.environment === undefined ? row.stage : `${row.stage}/${row.environment}`,
        title: row.environment === undefined ? row.title : `${row.environment}: ${row.title}`,
        status: TASKS[row.state],
        ...(row.detail !== "" && { details: richLine(clip(row.detail, 300)) }),
      }),
    ),
  };
}

function richLine(text: string): RichTextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}
