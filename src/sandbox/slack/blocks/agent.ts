import { all, byType, type Check, flag, list, object, oneOf, rule, text, url } from "./check.ts";
import { anyText, mrkdwn, plainText } from "./composition.ts";
import { button, image } from "./elements.ts";
import { blockId, layout } from "./layout.ts";
import { richText } from "./rich-text.ts";

/**
 * Plans, cards and their like.
 *
 * The pages of plan and task_card name no lengths; their stream chunks are documented at 256 characters, and a message
 * has no more than 50 blocks, so these are the bounds here. Slack itself takes more:
 * https://github.com/vercel/chat/pull/886
 */
const MOST_TITLE = 256;
const MOST_TASKS = 50;

// "a single rich_text entity"
const oneRichText = byType({ rich_text: richText });

const task = {
  required: { task_id: text(MOST_TITLE), title: text(MOST_TITLE) },
  optional: {
    ...blockId,
    details: oneRichText,
    output: oneRichText,
    sources: list(byType({ url: object({ url, text: text(MOST_TITLE) }) }), MOST_TASKS),
    status: oneOf("pending", "in_progress", "complete", "error"),
  },
};

/** In a plan a task's type may be left out, as in the example of the plan block's page. */
const plannedTask: Check = all(
  object(task.required, task.optional),
  rule((fields) => fields.type === undefined || fields.type === "task_card", "must be a task_card", "/type"),
);

const card: Check = all(
  object(
    {},
    {
      ...blockId,
      hero_image: byType({ image }),
      icon: byType({ image }),
      title: mrkdwn(150),
      subtitle: mrkdwn(150),
      body: mrkdwn(200),
      actions: list(byType({ button }), 3, 1),
    },
  ),
  rule(
    (fields) => [fields.hero_image, fields.title, fields.actions, fields.body].some((part) => part !== undefined),
    "must define at least one of `hero_image`, `title`, `actions` or `body`",
  ),
);

const inContainer = [
  "actions",
  "context",
  "divider",
  "file",
  "header",
  "image",
  "input",
  "rich_text",
  "section",
  "video",
];

/** Known to newer workspaces only. */
export const plans: Record<string, Check> = {
  // https://docs.slack.dev/reference/block-kit/blocks/plan-block
  plan: object({ title: text(MOST_TITLE) }, { ...blockId, tasks: list(plannedTask, MOST_TASKS) }),
  // https://docs.slack.dev/reference/block-kit/blocks/task-card-block
  task_card: object(task.required, task.optional),
};

export const cards: Record<string, Check> = {
  card,
  carousel: object({ elements: list(byType({ card }), 10, 1) }, blockId),
  container: all(
    object(
      {
        child_blocks: list(
          byType(Object.fromEntries(Object.entries(layout).filter(([type]) => inContainer.includes(type)))),
          10,
          1,
        ),
      },
      {
        ...blockId,
        title: plainText(150),
        rich_text_title: oneRichText,
        subtitle: anyText(150),
        width: oneOf("narrow", "standard", "wide", "full"),
        icon: byType({ image }),
        is_collapsible: flag,
        default_collapsed: flag,
        has_header_divider: flag,
      },
    ),
    rule(
      (fields) => fields.title !== undefined || fields.rich_text_title !== undefined,
      "must define either `title` or `rich_text_title`",
    ),
  ),
};

/** Modals only. */
export const alerts: Record<string, Check> = {
  alert: object({ text: anyText(200) }, { ...blockId, level: oneOf("default", "info", "warning", "error", "success") }),
};
