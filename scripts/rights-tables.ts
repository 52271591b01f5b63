import { evidence } from "../src/evidence/index.ts";
import { type GivenRight, rightsOf } from "../src/evidence/rights-of.ts";

/** Each table stands between these, in docs/guide/security.md. */
const PLACES = { cluster: false, own: true } as const;

/** The guide with its tables of rights as src/evidence has them. Throws where it has no place for one. */
export function withRightsTables(guide: string): string {
  const rights = rightsOf(evidence);
  return Object.entries(PLACES).reduce((text, [place, own]) => {
    const marked = new RegExp(`(<!-- npm run make:rights writes: ${place} -->\n\n)[^]*?(\n<!-- end -->)`);
    if (!marked.test(text)) throw new Error(`docs/guide/security.md has no place for the rights of ${place}`);
    const table = tableOf(rights.filter((each) => (each.own ?? false) === own));
    return text.replace(marked, (_, before: string, after: string) => `${before}${table}${after}`);
  }, guide);
}

function tableOf(rights: readonly GivenRight[]): string {
  const rows = rights.map(({ group, resource, subresource, names, verbs, why }) => {
    const of = subresource === undefined ? resource : `${resource}/${subresource}`;
    const what = names ? `${of} (${names.join(", ")})` : of;
    return `| ${group === "" ? "core" : group} | ${what} | ${verbs.join(", ")} | ${why} |\n`;
  });
  return `| group | resources | verbs | why |\n| --- | --- | --- | --- |\n${rows.join("")}`;
}
