import type { Made } from "../project/outcome.ts";
import type { LedgerEntry } from "../project/project.ts";

/** What was intended, with what is made and removed now. */
export function ledgerOf(before: LedgerEntry[], now: { made: Made[]; removed: Made[] }, at: Date): LedgerEntry[] {
  const ledger = [...before];
  const note = (each: Made, state: "made" | "removed") => {
    const index = indexOf(each, ledger);
    const was = ledger[index];
    // Sources come and go with each commit: of those that went nothing is kept.
    if (state === "removed" && each.kind === "GitRepository") {
      if (was) ledger.splice(index, 1);
      return;
    }
    if (was?.state === state && was.id === each.id && was.name === each.name) return;
    const { kind, name, namespace, id } = each;
    const entry: LedgerEntry = {
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(id === undefined ? {} : { id }),
      state,
      at: at.toISOString(),
    };
    if (was) ledger[index] = entry;
    else ledger.push(entry);
  };
  for (const each of now.made) note(each, "made");
  for (const each of now.removed) note(each, "removed");
  return ledger;
}

/** By its number, which stays when it is given another name (a webhook's is its URL); else by what names it. */
function indexOf({ kind, name, namespace, id }: Made, ledger: LedgerEntry[]): number {
  const same = ledger.findIndex((each) => each.kind === kind && id !== undefined && each.id === id);
  if (same >= 0) return same;
  return ledger.findIndex((each) => each.kind === kind && each.name === name && each.namespace === namespace);
}
