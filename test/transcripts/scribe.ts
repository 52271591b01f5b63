/** Writes down what happens in one project's channel: who does what, and what there is to read then. */
export interface Scribe {
  /** What somebody does elsewhere: pushes, or changes the cluster. */
  notes(what: string): void;
  /** Types `/project <verb> <name>` and reads the answer. */
  asks(verb: string): Promise<void>;
  /** Presses a button of the newest message that has it. */
  presses(label: string): Promise<void>;
  /** The same where a form opens: it is read, filled in by the fields' block ids, and submitted. */
  pressesAndFills(label: string, values: Record<string, string>): Promise<void>;
  /** Types `/project <verb> <name>` where that opens a form, and does the same. */
  asksAndFills(verb: string, values: Record<string, string>): Promise<void>;
  /** Once `seen` holds and the channel is at rest: what is new there, and what reads otherwise than it did. */
  reads(what: string, seen: () => unknown): Promise<void>;
  /** What was written, timeless; what comes then is written on a page of its own. */
  page(): string;
}
