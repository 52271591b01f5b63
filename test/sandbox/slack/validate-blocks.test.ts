import type { KnownBlock } from "@slack/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createWorld } from "../../../src/sandbox/shared/create-world.ts";
import { createSlack } from "../../../src/sandbox/slack/create-slack.ts";
import { normalizeBlocks } from "../../../src/sandbox/slack/normalize-blocks.ts";
import { type Surface, validateBlocks } from "../../../src/sandbox/slack/validate-blocks.ts";
import { validateView } from "../../../src/sandbox/slack/validate-view.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const mrkdwn = (text: string) => ({ type: "mrkdwn" as const, text });
const rich = (text: string) => ({
  type: "rich_text" as const,
  elements: [{ type: "rich_text_section" as const, elements: [{ type: "text" as const, text }] }],
});
const x = (length: number) => "x".repeat(length);
const many = <Entry>(count: number, make: (index: number) => Entry) =>
  Array.from({ length: count }, (_, index) => make(index));
const button = (id: string, more: object = {}) => ({
  type: "button" as const,
  action_id: id,
  text: plain("Go"),
  ...more,
});
const option = (value: string) => ({ text: plain("Option"), value });
const image = { type: "image" as const, alt_text: "a picture", image_url: "https://example.com/a.png" };
const task = (id: string) => ({
  type: "task_card" as const,
  task_id: id,
  title: "Image build",
  status: "in_progress" as const,
});

// Typed by @slack/types: a shape that it does not know does not compile here.
const fine: Record<string, KnownBlock> = {
  section: {
    type: "section",
    text: mrkdwn(x(3000)),
    fields: many(10, () => mrkdwn(x(2000))),
    accessory: button("a", { value: x(2000) }),
    expand: true,
  },
  header: { type: "header", text: plain(x(150)) },
  divider: { type: "divider" },
  context: { type: "context", elements: many(10, () => mrkdwn("a")) },
  actions: { type: "actions", elements: many(25, (index) => button(`b${index}`, { text: plain(x(75)) })) },
  image: { ...image, title: plain("A") },
  input: {
    type: "input",
    label: plain("Name"),
    hint: plain("Lower case"),
    dispatch_action: true,
    element: {
      type: "plain_text_input",
      action_id: "a",
      max_length: 63,
      dispatch_action_config: { trigger_actions_on: ["on_character_entered"] },
    },
  },
  select: {
    type: "input",
    label: plain("Template"),
    element: { type: "static_select", options: many(100, (index) => option(`o${index}`)) },
  },
  rich_text: rich("hello"),
  markdown: { type: "markdown", text: x(12_000) },
  table: {
    type: "table",
    rows: many(100, () => many(20, () => ({ type: "raw_text" as const, text: "a" }))),
    column_settings: [{ align: "right" }],
  },
  plan: {
    type: "plan",
    title: "rrr · launching",
    tasks: [
      {
        ...task("image"),
        details: rich("step 4 of 7"),
        sources: [{ type: "url", url: "https://example.com/run", text: "Run #1" }],
      },
    ],
  },
  task_card: task("image"),
  card: {
    type: "card",
    title: mrkdwn(x(150)),
    subtitle: mrkdwn(x(150)),
    body: mrkdwn(x(200)),
    icon: image,
    actions: [button("a")],
  },
  carousel: { type: "carousel", elements: [{ type: "card", title: mrkdwn("a") }] },
  context_actions: {
    type: "context_actions",
    elements: [{ type: "icon_button", icon: "trash", text: plain("Delete") }],
  },
  container: { type: "container", title: plain("Details"), child_blocks: [{ type: "divider" }], is_collapsible: true },
};

test.each(Object.entries(fine))("a %s at its documented limits passes", (_, block) => {
  expect(validateBlocks([block], "message")).toEqual([]);
});

test.each<[string, unknown, string]>([
  [
    "section text",
    { type: "section", text: mrkdwn(x(3001)) },
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
  ],
  [
    "empty section text",
    { type: "section", text: mrkdwn("") },
    "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
  ],
  ["section without text", { type: "section" }, "must define either `text` or `fields` [json-pointer:/blocks/0/type]"],
  [
    "section fields",
    { type: "section", fields: many(11, () => plain("a")) },
    "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
  ],
  [
    "a field",
    { type: "section", fields: [plain(x(2001))] },
    "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
  ],
  [
    "header",
    { type: "header", text: plain(x(151)) },
    "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
  ],
  [
    "header in mrkdwn",
    { type: "header", text: mrkdwn("a") },
    "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
  ],
  [
    "context",
    { type: "context", elements: many(11, () => plain("a")) },
    "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
  ],
  [
    "actions",
    { type: "actions", elements: many(26, (index) => button(`b${index}`)) },
    "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
  ],
  [
    "button text",
    { type: "actions", elements: [button("a", { text: plain(x(76)) })] },
    "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
  ],
  [
    "button value",
    { type: "actions", elements: [button("a", { value: x(2001) })] },
    "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
  ],
  [
    "button url",
    { type: "actions", elements: [button("a", { url: "rrr" })] },
    "must be a valid url [json-pointer:/blocks/0/elements/0/url]",
  ],
  [
    "button style",
    { type: "actions", elements: [button("a", { style: "loud" })] },
    "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
  ],
  [
    "confirm text",
    {
      type: "actions",
      elements: [
        button("a", { confirm: { title: plain("a"), text: plain(x(301)), confirm: plain("a"), deny: plain("a") } }),
      ],
    },
    "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
  ],
  [
    "options",
    { type: "actions", elements: [{ type: "static_select", options: many(101, (index) => option(`o${index}`)) }] },
    "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
  ],
  [
    "no options",
    { type: "actions", elements: [{ type: "static_select" }] },
    "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
  ],
  [
    "overflow",
    { type: "actions", elements: [{ type: "overflow", options: many(6, (index) => option(`o${index}`)) }] },
    "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
  ],
  [
    "input in actions",
    { type: "actions", elements: [{ type: "plain_text_input" }] },
    "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
  ],
  [
    "an unknown field",
    { type: "divider", colour: "red" },
    "invalid additional property: colour [json-pointer:/blocks/0]",
  ],
  ["a missing field", { type: "context" }, "missing required field: elements [json-pointer:/blocks/0]"],
  ["an unknown block", { type: "sections" }, "unsupported type: sections [json-pointer:/blocks/0/type]"],
  [
    "an alert outside a modal",
    { type: "alert", text: plain("a") },
    "unsupported type: alert [json-pointer:/blocks/0/type]",
  ],
  [
    "block_id",
    { type: "divider", block_id: x(256) },
    "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
  ],
  [
    "an action_id twice",
    { type: "actions", elements: [button("a"), button("a")] },
    '`action_id` "a" already exists for this block [json-pointer:/blocks/0]',
  ],
  [
    "table rows",
    { type: "table", rows: many(101, () => [{ type: "raw_text", text: "a" }]) },
    "no more than 100 items allowed [json-pointer:/blocks/0/rows]",
  ],
  [
    "table columns",
    { type: "table", rows: [many(21, () => ({ type: "raw_text", text: "a" }))] },
    "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
  ],
  [
    "an empty cell",
    { type: "table", rows: [[{ type: "raw_text", text: "" }]] },
    "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]",
  ],
  [
    "markdown",
    { type: "markdown", text: x(12_001) },
    "must be less than 12001 characters [json-pointer:/blocks/0/text]",
  ],
  [
    "card body",
    { type: "card", body: mrkdwn(x(201)) },
    "must be less than 201 characters [json-pointer:/blocks/0/body/text]",
  ],
  [
    "an empty card",
    { type: "card" },
    "must define at least one of `hero_image`, `title`, `actions` or `body` [json-pointer:/blocks/0]",
  ],
  ["task status", { ...task("a"), status: "done" }, "must be a valid enum value [json-pointer:/blocks/0/status]"],
  [
    "task details as text",
    { type: "plan", title: "a", tasks: [{ ...task("a"), details: "running" }] },
    "must provide an object [json-pointer:/blocks/0/tasks/0/details]",
  ],
  ["plan without a title", { type: "plan", tasks: [] }, "missing required field: title [json-pointer:/blocks/0]"],
])("%s beyond what Slack takes is named", (_, block, message) => {
  expect(validateBlocks([block], "message")).toContain(message);
});

test.each<[Surface, number]>([
  ["message", 50],
  ["modal", 100],
  ["home", 100],
])("a %s holds %i blocks", (surface, most) => {
  const at = surface === "message" ? "/blocks" : "/view/blocks";
  const blocks = (count: number) => many(count, () => ({ type: "divider" }));
  expect(validateBlocks(blocks(most), surface)).toEqual([]);
  expect(validateBlocks(blocks(most + 1), surface)).toEqual([
    `no more than ${most} items allowed [json-pointer:${at}]`,
  ]);
});

test("messages' blocks are not for views, and block_ids and tables are not repeated", () => {
  expect(validateBlocks([fine.plan], "home")).toEqual(["unsupported type: plan [json-pointer:/view/blocks/0/type]"]);
  expect(validateBlocks([fine.table, fine.table], "message")).toEqual([
    "only_one_table_allowed [json-pointer:/blocks/1]",
  ]);
  const divider = { type: "divider", block_id: "a" };
  expect(validateBlocks([divider, divider], "message")).toEqual([
    '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
  ]);
});

test("a workspace that does not know plans refuses plan and task_card", () => {
  for (const block of [fine.plan, fine.task_card]) {
    expect(validateBlocks([block], "message", { planBlocks: false })).toHaveLength(1);
  }
});

test("a view is held to its limits, and to a submit button where it asks for input", () => {
  const view = { type: "modal", title: plain("New"), submit: plain("Create"), blocks: [fine.input] };
  expect(validateView(view, "modal")).toEqual([]);
  expect(validateView({ ...view, submit: undefined }, "modal")).toEqual([
    "missing required field: submit [json-pointer:/view]",
  ]);
  expect(validateView({ ...view, private_metadata: x(3001) }, "modal")).toEqual([
    "must be less than 3001 characters [json-pointer:/view/private_metadata]",
  ]);
  expect(validateView({ ...view, submit_disabled: true }, "modal")).toEqual([
    "invalid additional property: submit_disabled [json-pointer:/view]",
  ]);
  expect(validateView(view, "home")).toEqual(["unsupported type: modal [json-pointer:/view/type]"]);
});

test("blocks that an app reads back can be posted again", () => {
  const slack = createSlack({
    world: createWorld({}),
    emit: () => {},
    deliver: async () => ({ state: "failed", error: "nobody listens" }),
  });
  for (const block of Object.values(fine)) {
    expect(validateBlocks(normalizeBlocks(slack, [block]), "message")).toEqual([]);
  }
});

test("whatever is given as blocks is judged, never thrown over", () => {
  const types = fc.constantFrom(...Object.keys(fine), "alert", "nonsense");
  const block = fc.record(
    { type: types, text: fc.jsonValue(), elements: fc.jsonValue(), rows: fc.jsonValue(), tasks: fc.jsonValue() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(block, fc.jsonValue())),
      fc.constantFrom<Surface>("message", "modal", "home"),
      (blocks, surface) => {
        for (const error of validateBlocks(blocks, surface)) expect(error).toMatch(/ \[json-pointer:.*\]$/s);
        for (const error of validateView({ type: "home", blocks }, "home"))
          expect(error).toMatch(/ \[json-pointer:.*\]$/s);
      },
    ),
  );
});
