/** Expands the shell forms that workflows use for names and tags; what it does not know it leaves as it is. */
export function expandShell(source: string, env: Record<string, string>): string {
  const text = source.replace(/\$\(([^()]*)\)/g, (whole, command: string) => substitute(command, env) ?? whole);
  return text
    .replace(
      /\$\{(\w+)(:{1,2}-?\d*(?::-?\d+)?|,,|\^\^|:-[^}]*|[#%]{1,2}[^}]*|\/\/?[^}]*)?\}|\$(\w+)/g,
      (whole, braced?: string, operation?: string, bare?: string) => {
        const value = env[braced ?? bare ?? ""];
        if (value === undefined && !operation?.startsWith(":-"))
          return bare === undefined && braced === undefined ? whole : "";
        return apply(value ?? "", operation ?? "");
      },
    )
    .replace(/^"(.*)"$|^'(.*)'$/s, (_, double?: string, single?: string) => double ?? single ?? "");
}

function apply(value: string, operation: string): string {
  if (operation === ",,") return value.toLowerCase();
  if (operation === "^^") return value.toUpperCase();
  if (operation.startsWith(":-")) return value === "" ? operation.slice(2) : value;
  const slice = /^:(\d*):?(\d*)$/.exec(operation);
  if (slice)
    return value.substring(Number(slice[1] || 0), slice[2] ? Number(slice[1] || 0) + Number(slice[2]) : undefined);
  const cut = /^(##?|%%?)(.*)$/.exec(operation);
  if (cut?.[1]?.startsWith("#")) return removePrefix(value, cut[2] ?? "", cut[1] === "##");
  return value;
}

function removePrefix(value: string, pattern: string, longest: boolean): string {
  if (!pattern.startsWith("*")) return value.startsWith(pattern) ? value.slice(pattern.length) : value;
  const after = pattern.slice(1);
  const at = longest ? value.lastIndexOf(after) : value.indexOf(after);
  return at < 0 ? value : value.slice(at + after.length);
}

/** `echo … | tr … | cut …` and `git rev-parse`. */
function substitute(command: string, env: Record<string, string>): string | null {
  const [first = "", ...filters] = command.split("|").map((part) => part.trim());
  let value: string;
  const revision = /^git rev-parse (?:--short(?:=(\d+))? )?HEAD$/.exec(first);
  if (revision) value = (env.GITHUB_SHA ?? "").slice(0, first.includes("--short") ? Number(revision[1] ?? 7) : 40);
  else {
    const echoed = /^(?:echo(?: -n)?|printf(?: '?%s'?)?) (.+)$/s.exec(first)?.[1];
    if (echoed === undefined) return null;
    value = expandShell(echoed, env);
  }
  for (const filter of filters) {
    const cut = /^(?:cut -c ?1-|head -c ?)(\d+)$/.exec(filter)?.[1];
    if (cut) value = value.slice(0, Number(cut));
    else if (/^tr ('?\[:upper:\]'?|'?A-Z'?|"\[:upper:\]"|"A-Z") /.test(filter)) value = value.toLowerCase();
    else return null;
  }
  return value;
}
