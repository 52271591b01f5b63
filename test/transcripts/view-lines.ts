import { z } from "zod";
import { messageLines } from "../../src/sandbox/message-lines.ts";
import type { ClientView } from "../../src/sandbox/slack/client-api.ts";

const input = z.looseObject({ type: z.literal("input"), label: z.looseObject({ text: z.string() }) });

/** A form as lines of plain text: its title, what it says, its fields and its buttons. */
export function viewLines({ title, blocks, submit, close }: ClientView): string[] {
  const said = blocks.flatMap((block) => {
    const field = input.safeParse(block);
    return field.success ? [`${field.data.label.text}: ____`] : messageLines({ text: "", blocks: [block] });
  });
  const buttons = [submit, close].flatMap((each) => (each ? [`[${each.text}]`] : []));
  return [title?.text ?? "", ...said, buttons.join(" ")];
}
