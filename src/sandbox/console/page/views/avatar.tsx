import type { ClientPerson } from "../../../slack/client-api.ts";

const HUES = 8;

/** Initials on a colour that stays a person's; an app has the shape of an app. */
export function Avatar({
  person,
  size = "medium",
}: {
  person: ClientPerson | undefined;
  size?: "small" | "medium" | "large";
}) {
  const name = person?.realName || person?.name || "?";
  if (person?.isBot && /slipway/i.test(name)) {
    return <img class={`avatar ${size}`} src="/page/icon.svg" alt="" />;
  }
  const hue = [...(person?.id ?? name)].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
  return (
    <span class={`avatar ${size} hue-${hue}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== "");
  const [first = "?", second] = words;
  return ((first[0] ?? "?") + (second?.[0] ?? "")).toUpperCase();
}
