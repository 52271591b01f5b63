import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock, Random, RecordedCall, World } from "./world.ts";

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A world of its own: `seed` decides every id and duration, `speed` how much faster than real it runs. */
export function createWorld(options: { seed?: string; speed?: number; record?: (call: RecordedCall) => void }): World {
  return {
    clock: createClock(options.speed ?? 1),
    random: createRandom(options.seed ?? "slipway"),
    record: options.record ?? (() => {}),
  };
}

function createClock(initial: number): Clock {
  let speed = initial;
  return {
    now: () => new Date(),
    sleep: async (milliseconds, signal) => {
      await sleep(milliseconds / speed, undefined, { signal });
    },
    get speed() {
      return speed;
    },
    setSpeed(next) {
      speed = next;
    },
  };
}

function createRandom(seed: string): Random {
  const digest = createHash("sha256").update(seed).digest();
  // sfc32, seeded from the digest: small, fast, and the same on every machine.
  let [a, b, c, d] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12)];
  const number = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  return {
    number,
    text: (length, alphabet = LETTERS_AND_DIGITS) =>
      Array.from({ length }, () => alphabet.charAt(Math.floor(number() * alphabet.length))).join(""),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}
