/** Facts that a sentence of the catalogue (src/words) is filled with, as they are kept. */
export type Params = Record<string, string | number>;

/** Without those that are not known. */
export function known(params: Readonly<Record<string, string | number | undefined>>): Params {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact]])),
  );
}
