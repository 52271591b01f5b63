import { flushCompileCache } from "node:module";

const TELL_MS = 250;

/** What a measured process tells the bench on its standard output, a line each: `synced`, and `seen N` as it goes. */
export function reportEvents() {
  // All is loaded by now. A process that a signal ends would write nothing.
  flushCompileCache();
  let count = 0;
  let told = 0;
  const timer = setInterval(() => {
    if (told === count) return;
    told = count;
    process.stdout.write(`seen ${count}\n`);
  }, TELL_MS);
  timer.unref();
  return {
    seen: () => void count++,
    synced: () => {
      // What was there from the start is no event.
      count = 0;
      process.stdout.write("synced\n");
    },
    warned: (...words: unknown[]) => void process.stderr.write(`${JSON.stringify(words)}\n`),
  };
}
