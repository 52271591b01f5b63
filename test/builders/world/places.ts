const WRITES = /create|describe|push|allow|ensure|rerun|cancel|delete|apply|poke|writeStatus/;

/** Where a mishap is worth a try: at every write, and of each kind of look the first two and the last. */
export function places(calls: string[], from = 0): number[] {
  const stretch = calls.slice(from);
  return stretch.flatMap((call, index) => {
    const [first, second] = [stretch.indexOf(call), stretch.indexOf(call, stretch.indexOf(call) + 1)];
    const worth = WRITES.test(call) || [first, second, stretch.lastIndexOf(call)].includes(index);
    return worth ? [from + index + 1] : [];
  });
}
