/** What can be offered with a finding, as a button. */
export type Remedy = "retry" | "undo" | "keep" | "check-again";
