import type { Diagnosis } from "../diagnosis/diagnose.ts";
import { isOfCheck } from "../project/is-of-check.ts";
import type { Params } from "../project/params.ts";
import type { SiteLook } from "../project/ports/sites.ts";
import type { Environment, FindingStatus } from "../project/project.ts";
import { shorten } from "../project/shorten.ts";
import { paramsOfUnread, type Unread } from "../project/unread.ts";
import type { Wish } from "../project/wish.ts";

/** Who asked is told by then how it stands, also where nobody has come to look. */
const PATIENCE_MS = 15_000;

interface Looked {
  /** Heard in this pass, which began to look after that. */
  wishes: readonly Wish[];
  environments: readonly {
    environment: Pick<Environment, "name">;
    site: { looks: readonly Pick<SiteLook, "from" | "at">[] } | undefined;
  }[];
  unknown: Diagnosis["unknown"];
  at: Date;
}

/** What came of it where a person asked for a look at a finding: never what was seen before they did. Pure. */
export function checkedFindings(findings: readonly FindingStatus[], looked: Looked): FindingStatus[] {
  return findings.map((found) => {
    if (found.recoveredAt !== undefined) return found;
    const wish = looked.wishes.findLast((each) => each.kind === "check" && isOfCheck(found, each));
    const checked = wish ? { by: wish.by, at: wish.at, state: "waiting" as const } : found.checked;
    if (checked?.state !== "waiting" && checked?.state !== "late") return found;
    return { ...found, checked: { ...checked, ...outcomeOf(found, checked.at, looked) } };
  });
}

function outcomeOf(
  { code, environment, seenFrom }: FindingStatus,
  asked: string,
  { environments, unknown, at }: Looked,
): Pick<NonNullable<FindingStatus["checked"]>, "state" | "unread"> {
  const blind = unknown.find((each) => each.code === code && (environment ?? each.environment) === each.environment);
  const looks = environments
    .filter((each) => each.environment.name === (environment ?? each.environment.name))
    .flatMap(({ site }) => site?.looks ?? []);
  // URLs are looked at beside the passes, so that what is known of them may be from before.
  const mine = looks.filter(({ from }) => seenFrom === from || seenFrom === `outside:${from}`);
  const old = mine.length > 0 && mine.every((look) => look.at.toISOString() <= asked);
  if (old) return { state: at.getTime() - Date.parse(asked) < PATIENCE_MS ? "waiting" : "late" };
  return blind ? { state: "unseen", unread: kept(blind.reason) } : { state: "there" };
}

/** What others said may be long, and hold a token. */
function kept(why: Unread): Params {
  return Object.fromEntries(
    Object.entries(paramsOfUnread(why)).map(([name, fact]) => [
      name,
      typeof fact === "string" ? shorten(fact, 200) : fact,
    ]),
  );
}
