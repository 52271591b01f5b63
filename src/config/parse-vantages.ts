/** One place that looks from outside. */
export type VantageSettings =
  | { kind: "globalping"; name: string; token: string | undefined }
  | { kind: "agent"; name: string; url: string };

/** `globalping:<token>, berlin=https://probe.example.com`. */
export function parseVantages(value: string): { vantages: VantageSettings[]; problems: string[] } {
  const vantages: VantageSettings[] = [];
  const problems: string[] = [];
  for (const entry of value.split(/[\s,]+/).filter((part) => part !== "")) {
    const globalping = /^globalping(?::(.+))?$/.exec(entry);
    if (globalping) {
      vantages.push({ kind: "globalping", name: "globalping", token: globalping[1] });
      continue;
    }
    const [, name, url] = /^(?:([A-Za-z0-9._-]+)=)?(https?:\/\/.+)$/.exec(entry) ?? [];
    if (url !== undefined && URL.canParse(url)) {
      vantages.push({ kind: "agent", name: name ?? new URL(url).hostname, url: url.replace(/\/+$/, "") });
    } else {
      // Not the entry itself: it may be a token that was mistyped.
      problems.push(
        `VANTAGES: entry ${vantages.length + problems.length + 1} is neither globalping, globalping:<token> nor a URL`,
      );
    }
  }
  const names = vantages.map((vantage) => vantage.name);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    problems.push(`VANTAGES: two of them are named ${name}; write <name>=<url>`);
  }
  return { vantages, problems };
}
