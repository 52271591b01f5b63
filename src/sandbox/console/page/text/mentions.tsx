import { emoji } from "./emoji.ts";
import { formatDate } from "./format-date.ts";
import { useNames } from "./names.tsx";

export function UserMention({ id, label }: { id: string; label?: string }) {
  const names = useNames();
  const mine = id === names.me;
  return <span class={mine ? "mention mention-me" : "mention"}>@{names.person(id) ?? label ?? id}</span>;
}

export function ChannelMention({ id, label }: { id: string; label?: string }) {
  const names = useNames();
  const name = names.channel(id);
  if (name === undefined) return <span class="mention">#{label ?? id}</span>;
  return (
    <a
      class="mention"
      href={`?channel=${id}`}
      onClick={(event) => {
        event.preventDefault();
        names.openChannel(id);
      }}
    >
      #{name}
    </a>
  );
}

export function Broadcast({ range }: { range: string }) {
  return <span class="mention mention-me">@{range.split("|")[0]}</span>;
}

export function Emoji({ name }: { name: string }) {
  const character = emoji(name);
  if (character === undefined) return <>:{name}:</>;
  return (
    <span class="emoji" role="img" aria-label={name.replaceAll("_", " ")} title={`:${name}:`}>
      {character}
    </span>
  );
}

export function Link({ url, label }: { url: string; label?: string }) {
  // A message may hold any address; only these schemes become something to click.
  if (!/^(?:https?|mailto|tel):/i.test(url)) return <>{label ?? url}</>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {label ?? url.replace(/^mailto:/, "")}
    </a>
  );
}

export function DateText(props: { timestamp: number; format: string; url?: string; fallback?: string }) {
  const { timestamp, format, url, fallback } = props;
  const text = format === "" ? (fallback ?? "") : formatDate(timestamp, format);
  const title = new Date(timestamp * 1000).toLocaleString();
  return <time title={title}>{url === undefined ? text : <Link url={url} label={text} />}</time>;
}
