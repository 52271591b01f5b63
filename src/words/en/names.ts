import type { Words } from "../words.ts";

/** Why a name cannot be used. */
export const names: Words["names"] = {
  NameEmpty: () => "A project needs a name.",
  NameTooLong: (p) =>
    `That name has ${p.length} characters. A project's name may have 40, because it becomes a DNS name.`,
  NameUpperCase: () => "Use lower-case letters: a project's name becomes a DNS name.",
  NameCharacters: () => "Use only lower-case letters, digits and hyphens: a project's name becomes a DNS name.",
  NameHyphenAtEdge: () => "A project's name must start and end with a letter or digit.",
  NameReserved: () => "The cluster itself uses that name.",
};
