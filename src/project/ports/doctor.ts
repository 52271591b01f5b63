/** How the watch of one kind stands. */
export interface WatchState {
  kind: string;
  /** When the server last said anything, bookmarks included; undefined: never listed. */
  heardAt: Date | undefined;
  /** Why it is not in step, if it is not. */
  problem: string | undefined;
  /** Since when it is not in step, as far as that is known. */
  outSince: Date | undefined;
  /** How many objects it holds. */
  objects: number;
  /** How often everything had to be listed anew. */
  relists: number;
}
