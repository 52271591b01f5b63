import { Each } from "../each.tsx";
import { Broadcast, ChannelMention, DateText, Emoji, Link, UserMention } from "./mentions.tsx";
import { type Mrkdwn as Piece, parseMrkdwn } from "./parse-mrkdwn.ts";

/** Slack's mrkdwn, drawn. */
export function Mrkdwn({ text }: { text: string }) {
  return <Pieces pieces={parseMrkdwn(text)} />;
}

export function Pieces({ pieces }: { pieces: Piece[] }) {
  return <Each of={pieces}>{(piece) => <PieceOf piece={piece} />}</Each>;
}

function PieceOf({ piece }: { piece: Piece }) {
  switch (piece.type) {
    case "text":
      return <>{piece.text}</>;
    case "break":
      return <br />;
    case "bold":
      return (
        <strong>
          <Pieces pieces={piece.children} />
        </strong>
      );
    case "italic":
      return (
        <em>
          <Pieces pieces={piece.children} />
        </em>
      );
    case "strike":
      return (
        <s>
          <Pieces pieces={piece.children} />
        </s>
      );
    case "quote":
      return (
        <blockquote>
          <Pieces pieces={piece.children} />
        </blockquote>
      );
    case "code":
      return <code>{piece.text}</code>;
    case "preformatted":
      return <pre>{piece.text}</pre>;
    case "link":
      return <Link url={piece.url} label={piece.label} />;
    case "user":
      return <UserMention id={piece.id} label={piece.label} />;
    case "channel":
      return <ChannelMention id={piece.id} label={piece.label} />;
    case "group":
      return <span class="mention">@{piece.label?.replace(/^@/, "") ?? piece.id}</span>;
    case "broadcast":
      return <Broadcast range={piece.range} />;
    case "date":
      return <DateText timestamp={piece.timestamp} format={piece.format} url={piece.url} fallback={piece.fallback} />;
    case "emoji":
      return <Emoji name={piece.name} />;
  }
}
