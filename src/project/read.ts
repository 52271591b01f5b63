/** What a look-up gave: a value, or why nothing could be learned. The latter is never a finding and never silence. */
export type Read<T> = { known: true; value: T } | { known: false; reason: string };

export const known = <T>(value: T): Read<T> => ({ known: true, value });
export const unknown = (reason: string): Read<never> => ({ known: false, reason });
