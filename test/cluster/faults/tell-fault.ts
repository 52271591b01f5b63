import { until } from "../until.ts";
import type { Fault, Living } from "./fault.ts";

/** CI's machines are shared, and three times as slow as one that has nothing else to do. */
const SHARED = 3;
/** Flux looks again each minute at the latest, and what is over is seen twice before it is called so. */
const OVER_SECONDS = 150;

export interface Told {
  /** Seconds from the fault to its message. */
  seconds: number;
  /** Seconds from taking it back, or where Slipway makes it good itself from its message, to its end. */
  over: number;
  /** How often the threads tell it: once is right. */
  times: number;
  /** What the message says at last. */
  end: string;
}

/** Inflicts a fault, waits for the thread to tell it, takes it back, and waits for that to be told. */
export async function tellFault(fault: Fault, of: Living): Promise<Told> {
  const { world, name } = of;
  // Of earlier faults the threads still speak.
  const replies = () => world.messagesOf(name).filter(({ isRoot }) => !isRoot);
  const before = new Set(replies().map(({ ts }) => ts));
  const telling = () =>
    replies()
      .filter(({ ts, lines }) => !before.has(ts) && fault.told.test(lines.join("\n")))
      .map(({ lines }) => lines.join("\n"));
  await fault.inflict(of);
  const since = Date.now();
  await until(SHARED * fault.within, `${fault.name} told of ${name}`, () => telling().length > 0).catch(
    (error: Error) => {
      throw new Error(
        `${error.message}; there is only:\n${replies()
          .flatMap(({ lines }) => lines)
          .join("\n")}`,
      );
    },
  );
  const seconds = (Date.now() - since) / 1000;
  await fault.mend?.(of);
  const mended = Date.now();
  await until(SHARED * OVER_SECONDS, `the end of ${fault.name}`, () =>
    telling().every((text) => /Resolved after/.test(text)),
  );
  const over = (Date.now() - mended) / 1000;
  return { seconds, over, times: telling().length, end: telling().join("\n\n") };
}
