import type { Finding } from "../project/finding.ts";
import { known } from "../project/params.ts";
import type { Unread } from "../project/unread.ts";
import type { Confirm, Found, Rule, Seen } from "./rule.ts";

/** A finding as it was seen in one look, and how it is made sure of. `seenAt`: when, where that was before this pass. */
export type Sighting = Finding & { confirm?: Confirm; seenAt?: Date };

/** Not yet without what another one explains; `aside`: it explains none itself. */
type Judged = Omit<Diagnosis, "findings"> & { findings: (Sighting & { aside?: true })[] };

export interface Diagnosis {
  findings: Sighting[];
  /** Rules that could not be judged, where, and why; what they had found there before stays as it was. */
  unknown: { code: string; environment?: string; reason: Unread }[];
}

/** Every rule, over the project or each of its environments. What another one explains is left out. Pure. */
export function diagnose(rules: readonly Rule[], seen: Seen): Diagnosis {
  const judged = rules.flatMap((rule): Judged[] => {
    if (rule.scope === "project") {
      const reason = unreadable(seen.facts, rule.needs) ?? rule.blind?.(seen);
      const unseen = rule.unseen?.(seen).map((each) => ({ code: rule.code, ...each })) ?? [];
      return [judge(rule, {}, reason, () => rule.check(seen)), { findings: [], unknown: unseen }];
    }
    return seen.facts.environments.map((here) => {
      const at = { ...seen, here };
      const reason = unreadable(here, rule.needs) ?? rule.blind?.(at);
      return judge(rule, { environment: here.environment.name }, reason, () => rule.check(at));
    });
  });
  return {
    findings: unexplained(
      judged.flatMap(({ findings }) => findings),
      rules,
    ),
    unknown: judged.flatMap(({ unknown }) => unknown),
  };
}

function judge(
  { code, severity, remedies, stage, confirm }: Rule,
  where: { environment?: string },
  reason: Unread | undefined,
  check: () => Found[],
): Judged {
  if (reason !== undefined) return { findings: [], unknown: [{ code, ...where, reason }] };
  const rest = { code, severity, ...(stage && { stage }), ...(confirm && { confirm }) };
  return { findings: check().map(finding), unknown: [] };

  function finding(found: Found): Judged["findings"][number] {
    const whole = { ...where, ...rest, ...found, params: known(found.params), remedies: [...remedies] };
    if (!found.aside) return whole;
    const { stage: _, ...stopsNone } = whole;
    return { ...stopsNone, severity: "warn" };
  }
}

/** The cause is told, and not its consequence beside it. */
function unexplained(findings: Judged["findings"], rules: readonly Rule[]): Sighting[] {
  const explained = new Set(
    findings
      .filter(({ aside }) => !aside)
      .flatMap(({ code, environment = "" }) =>
        (rules.find((rule) => rule.code === code)?.explains ?? []).map((other) => `${other} ${environment}`),
      ),
  );
  return findings
    .filter(({ code, environment = "" }) => !explained.has(`${code} ${environment}`))
    .map(({ aside: _, ...finding }) => finding);
}

/** Why one of what is needed could not be read. */
function unreadable<Readings extends object>(from: Readings, needs: readonly (keyof Readings)[]): Unread | undefined {
  for (const need of needs) {
    const value: unknown = from[need];
    if (isUnknown(value)) return value.reason;
  }
  return undefined;
}

function isUnknown(value: unknown): value is { known: false; reason: Unread } {
  return typeof value === "object" && value !== null && "known" in value && value.known === false;
}
