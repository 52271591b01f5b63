import { expect, onTestFinished } from "vitest";

/**
 * From here to the test's end: nothing may be said to have gone wrong, and nothing may reach Node's last resort, which
 * ends a process. A warning that somebody else's code gives (a deprecation, say) is no trouble.
 */
export function heedTroubles(): unknown[] {
  const troubles: unknown[] = [];
  const warned = (warning: Error) => {
    if (!["DeprecationWarning", "ExperimentalWarning"].includes(warning.name)) troubles.push(warning);
  };
  const caught = (error: unknown) => troubles.push(error);
  process.on("warning", warned);
  process.on("uncaughtExceptionMonitor", caught);
  onTestFinished(() => {
    process.off("warning", warned);
    process.off("uncaughtExceptionMonitor", caught);
  });
  return troubles;
}

/** Once for what is still to be told in this turn: warnings come a tick later. */
export async function expectNone(troubles: readonly unknown[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(troubles).toEqual([]);
}
