/** `create My App! template=nextjs public` taken apart. */
export interface Parsed {
  verb: string;
  /** What is left when the options are gone, joined by blanks: a name, wanted or not. */
  name: string;
  options: Partial<Record<Option, string>>;
  visibility: "public" | "private" | undefined;
  /** `colour=blue`, or an option without a value. */
  wrong: { option: string; problem: "unknown" | "empty" }[];
}

export const OPTIONS = ["template", "env", "owner", "domain"] as const;
export type Option = (typeof OPTIONS)[number];

/** Never fails: what it does not understand is told by `wrong`. */
export function parse(text: string): Parsed {
  const [verb = "", ...words] = tokens(text);
  const parsed: Parsed = { verb: verb.toLowerCase(), name: "", options: {}, visibility: undefined, wrong: [] };
  const names: string[] = [];
  for (const word of words) {
    const flag = word.replace(/^--?/, "").toLowerCase();
    const [key = "", value] = splitOption(word);
    if (flag === "public" || flag === "private") parsed.visibility = flag;
    else if (value === undefined) names.push(word);
    else if (!isOption(key)) parsed.wrong.push({ option: key, problem: "unknown" });
    else if (value === "") parsed.wrong.push({ option: key, problem: "empty" });
    else parsed.options[key] = value;
  }
  parsed.name = names.join(" ");
  return parsed;
}

function isOption(key: string): key is Option {
  return OPTIONS.some((option) => option === key);
}

/** `--template=nextjs` is meant as `template=nextjs`. */
function splitOption(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  if (at < 1) return [word, undefined];
  const key = word.slice(0, at).replace(/^--?/, "").toLowerCase();
  const given = word.slice(at + 1);
  return [key, plain(given)];
}

/** Words; a quoted one may hold blanks. Phones write curly quotes. */
function tokens(text: string): string[] {
  const straight = text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
  const found = straight.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return found.map((token) => plain(token.replaceAll('"', ""))).filter((token) => token !== "");
}

/** Slack makes `rrr.example.com` a link on the way: `<http://rrr.example.com|rrr.example.com>`. */
function plain(token: string): string {
  const label = token.match(/^(.*?)<[^|>]+\|([^>]+)>$/);
  if (label) return `${label[1]}${label[2]}`;
  const bare = token.match(/^(.*?)<(?:https?:\/\/)?([^|>]+)>$/);
  return bare ? `${bare[1]}${bare[2]}` : token;
}
