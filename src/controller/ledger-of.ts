import type { Made } from "../project/outcome.ts";
import type { LedgerEntry } from "../project/project.ts";

/** What was intended, with what is made now. An entry is found by what it names, whatever its state. */
export function ledgerOf(before: LedgerEntry[], made: Made[], at: Date): LedgerEntry[] {
  const ledger = [...before];
  for (const { kind, name, namespace, id } of made) {
    const index = ledger.findIndex((each) => each.kind === kind && each.name === name && each.namespace === namespace);
    const was = ledger[index];
    if (was?.state === "made" && was.id === id) continue;
    const entry: LedgerEntry = {
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(id === undefined ? {} : { id }),
      state: "made",
      at: at.toISOString(),
    };
    if (was) ledger[index] = entry;
    else ledger.push(entry);
  }
  return ledger;
}
