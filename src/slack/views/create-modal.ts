import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import type { LaunchRequest } from "../../project/ports/launcher.ts";
import type { Settings } from "../../project/settings.ts";
import type { Words } from "../../words/words.ts";
import { clip } from "./escape-text.ts";
import { plain } from "./plain.ts";

/** What the form begins with. */
export type CreateDraft = Partial<LaunchRequest>;

export type Templates = { name: string; title: string; description: string }[];

/** The launch form. Block and action ids are the fields' names, which create-form.ts reads. */
export function createModal(draft: CreateDraft, templates: Templates, settings: Settings, words: Words): ModalView {
  const { modal } = words.slack;
  // A select takes 100 options: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
  const options = templates.slice(0, 100).map(({ name, title }) => option(clip(title || name, 75), name));
  const chosen = draft.template ?? settings.defaultTemplate;
  const template = options.find(({ value }) => value === chosen) ?? options[0];
  const visibilities = (["private", "public"] as const).map((value) => option(modal.visibilities[value], value));
  const visibility = visibilities.find(({ value }) => value === (draft.visibility ?? "private"));

  return {
    type: "modal",
    callback_id: "create",
    title: plain(modal.title, 24),
    submit: plain(modal.submit, 24),
    close: plain(modal.close, 24),
    blocks: [
      text("name", modal.name, { initial: draft.name, hint: modal.nameHint }),
      ...(options.length === 0
        ? []
        : [
            input("template", modal.template, {
              type: "static_select" as const,
              action_id: "template",
              options,
              ...(template && { initial_option: template }),
            }),
          ]),
      input("visibility", modal.visibility, {
        type: "radio_buttons",
        action_id: "visibility",
        options: visibilities,
        ...(visibility && { initial_option: visibility }),
      }),
      input("channel", modal.channel, {
        type: "conversations_select",
        action_id: "channel",
        filter: { include: ["public", "private"], exclude_bot_users: true },
        ...(draft.channel !== undefined && /^[CG]/.test(draft.channel) && { initial_conversation: draft.channel }),
      }),
      text("environments", modal.environments, {
        initial: draft.environments?.join(", ") ?? "production",
        hint: modal.environmentsHint,
      }),
      text("owner", modal.owner, { initial: draft.owner ?? settings.owner, optional: true }),
      text("domain", modal.domain, {
        initial: draft.domain,
        optional: settings.baseDomain !== undefined,
        ...(settings.baseDomain !== undefined && { hint: modal.domainHint(settings.baseDomain) }),
      }),
    ],
  };
}

function option(text: string, value: string): PlainTextOption {
  return { text: plain(text, 75), value: clip(value, 150) };
}

function input(
  name: string,
  label: string,
  element: InputBlock["element"],
  more: Partial<InputBlock> = {},
): InputBlock {
  return { type: "input", block_id: name, label: plain(label, 2000), element, ...more };
}

function text(
  name: string,
  label: string,
  given: { initial?: string | undefined; hint?: string; optional?: boolean },
): InputBlock {
  const initial =
    given.initial === undefined || given.initial === "" ? {} : { initial_value: clip(given.initial, 200) };
  return input(
    name,
    label,
    { type: "plain_text_input", action_id: name, max_length: 200, ...initial },
    { ...(given.hint !== undefined && { hint: plain(given.hint, 2000) }), ...(given.optional && { optional: true }) },
  );
}
