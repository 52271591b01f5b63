import type { IncomingMessage } from "node:http";
import { reasonOf } from "./reason-of.ts";

/** A body, as it arrives. Where it breaks off Node says no more than `aborted`. */
export async function* chunksOf(answer: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* answer;
  } catch (error) {
    throw new Error(`the answer was cut: ${reasonOf(error)}`);
  }
}
