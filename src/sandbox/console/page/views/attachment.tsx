import { Blocks } from "../blocks/blocks.tsx";
import { Mrkdwn } from "../text/mrkdwn.tsx";

/** A secondary attachment: blocks or text behind a bar of colour (https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments). */
export function Attachment({ attachment }: { attachment: unknown }) {
  if (typeof attachment !== "object" || attachment === null) return null;
  const given: Record<string, unknown> = { ...attachment };
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : undefined);
  const color = text("color");
  const named = color !== undefined && ["good", "warning", "danger"].includes(color) ? color : undefined;
  const body = text("text") ?? text("fallback");
  return (
    <div
      class={named === undefined ? "attachment" : `attachment ${named}`}
      ref={(element) => {
        if (named === undefined && color !== undefined) element?.style.setProperty("--bar", color);
      }}
    >
      {text("pretext") !== undefined && <Mrkdwn text={text("pretext") ?? ""} />}
      {text("title") !== undefined && (
        <strong>
          <Mrkdwn text={text("title") ?? ""} />
        </strong>
      )}
      {Array.isArray(given.blocks) ? <Blocks blocks={given.blocks} /> : body !== undefined && <Mrkdwn text={body} />}
    </div>
  );
}
