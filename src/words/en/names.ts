import type { Sentence } from "../words.ts";

/** Why a name cannot be used. */
export const names: Record<string, Sentence> = {
  NameEmpty: () => "A project needs a name.",
  NameTooLong: (p) => `That name has ${p.length} characters; 40 is the most, since it becomes a DNS name.`,
  NameUpperCase: () => "A project's name is lower case, since it becomes a DNS name.",
  NameCharacters: () =>
    "A project's name has only lower-case letters, digits and hyphens, since it becomes a DNS name.",
  NameHyphenAtEdge: () => "A project's name begins and ends with a letter or digit.",
  NameReserved: () => "That name belongs to the cluster itself.",
};
