/** Texts of the buttons. */
export const remedies: Record<string, string> = {
  retry: "Retry",
  undo: "Undo",
  keep: "Keep as it is",
  "check-again": "Check again",
};
