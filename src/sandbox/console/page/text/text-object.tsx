import { Mrkdwn, Pieces } from "./mrkdwn.tsx";

/** Slack's text object: mrkdwn, or plain text in which only emoji are drawn (https://docs.slack.dev/reference/block-kit/composition-objects/text-object). */
export function TextObject({ text }: { text: { type: string; text: string; emoji?: boolean } | undefined }) {
  if (text === undefined) return null;
  if (text.type === "mrkdwn") return <Mrkdwn text={text.text} />;
  return <PlainText text={text.text} />;
}

export function PlainText({ text }: { text: string }) {
  const pieces = text.split(/:([a-z0-9_+-]+):/g);
  return (
    <Pieces
      pieces={pieces.map((piece, index) =>
        index % 2 === 0 ? { type: "text", text: piece } : { type: "emoji", name: piece },
      )}
    />
  );
}
