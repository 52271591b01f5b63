import type { Words } from "../words.ts";

/** Texts of the buttons. */
export const remedies: Words["remedies"] = {
  retry: "Retry",
  undo: "Undo",
  keep: "Keep as it is",
  "check-again": "Check again",
};
