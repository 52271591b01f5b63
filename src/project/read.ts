import type { Unread } from "./unread.ts";

/** What a look-up gave: a value, or why nothing could be learned. The latter is never a finding and never silence. */
export type Read<T> =
  | { known: true; value: T }
  /** `needs`: the code of a problem that does not pass by itself; a person must act before anything can be learned. */
  | { known: false; reason: Unread; needs?: string };

export const known = <T>(value: T): Read<T> => ({ known: true, value });
export const unknown = (reason: Unread, needs?: string): Read<never> => ({
  known: false,
  reason,
  ...(needs === undefined ? {} : { needs }),
});
