import type { PlanBlock, TaskCardBlock } from "@slack/types";
import { Each } from "../each.tsx";
import { Icon } from "../icon.tsx";
import { Link } from "../text/mentions.tsx";
import { RichText } from "../text/rich-text.tsx";
import { PlainText } from "../text/text-object.tsx";
import { asBlocks } from "./as-blocks.ts";

const WORDS = { pending: "waiting", in_progress: "in progress", complete: "done", error: "failed" };

/** Tasks under one title, with how far they are: https://docs.slack.dev/reference/block-kit/blocks/plan-block */
export function Plan({ block }: { block: PlanBlock }) {
  const tasks = asBlocks(block.tasks) as unknown as TaskCardBlock[]; // a plan's tasks are task cards; Guard catches others
  const count = (status: TaskCardBlock["status"]) => tasks.filter((task) => task.status === status).length;
  const done = count("complete");
  const state = count("error") > 0 ? "error" : done === tasks.length ? "complete" : "in_progress";
  return (
    <section class={`block-plan ${state}`} aria-label={block.title}>
      <header>
        <span class="block-plan-title">
          <PlainText text={block.title} />
        </span>
        {tasks.length > 0 && (
          <span class="block-plan-count">
            {done} of {tasks.length}
          </span>
        )}
      </header>
      <progress class="block-plan-progress" max={Math.max(tasks.length, 1)} value={done} aria-hidden="true" />
      <ul>
        {tasks.map((task) => (
          <li key={task.task_id}>
            <TaskCard task={task} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** https://docs.slack.dev/reference/block-kit/blocks/task-card-block */
export function TaskCard({ task }: { task: TaskCardBlock }) {
  return (
    <div class={`task ${task.status}`} data-status={task.status}>
      <span class="task-icon">
        <Icon name={task.status} label={WORDS[task.status]} />
      </span>
      <div class="task-body">
        <div class="task-title">
          <PlainText text={task.title} />
        </div>
        {task.details && (
          <div class="task-details">
            <RichText block={task.details} />
          </div>
        )}
        {task.output && (
          <div class="task-output">
            <RichText block={task.output} />
          </div>
        )}
        {task.sources && task.sources.length > 0 && (
          <div class="task-sources">
            <Each of={task.sources}>{(source) => <Link url={source.url} label={source.text} />}</Each>
          </div>
        )}
      </div>
    </div>
  );
}
