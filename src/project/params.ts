/** Facts that a sentence of the catalogue (src/words) is filled with. */
export type Params = Record<string, string | number>;
