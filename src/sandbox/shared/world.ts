/** What every part of the sandbox is handed: time, chance and a place to record calls. No part reads these from elsewhere. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  /** Called once for each request that a part has answered; the console and tests read these. */
  readonly record: (call: RecordedCall) => void;
}

/**
 * Timestamps are the real time, because the bot compares them with its own clock;
 * what `speed` shortens is how long simulated work takes.
 */
export interface Clock {
  now(): Date;
  /** Waits `milliseconds` of simulated work, so `milliseconds / speed` of real time. Rejects when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  readonly speed: number;
  setSpeed(speed: number): void;
}

/** Seeded: the same seed gives the same ids and durations in the same order of calls. */
export interface Random {
  /** In [0, 1). */
  number(): number;
  /** `length` characters of `alphabet` (default: lower-case letters and digits). */
  text(length: number, alphabet?: string): string;
  /** An independent stream, so that one part's calls do not shift another's. */
  fork(name: string): Random;
}

export interface RecordedCall {
  at: Date;
  part: "slack" | "github" | "registry" | "git" | "cluster";
  method: string;
  /** Path without query, or the name of the Slack method. */
  path: string;
  status: number;
  milliseconds: number;
  /** False where the emulator does not know the call and said so. */
  covered: boolean;
}

/** A running part. `close` ends everything it started and resolves when its ports are free. */
export interface Part {
  url: string;
  close(): Promise<void>;
}
