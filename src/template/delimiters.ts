/** Why these: docs/decisions/0001-template-delimiters.md. */
export const delimiters = {
  outputLeft: "[[=",
  outputRight: "=]]",
  tagLeft: "[[%",
  tagRight: "%]]",
} as const;
