/** When a Flux object is looked at again, and what the last look saw. */
export interface Look {
  generation: number | undefined;
  request: string | undefined;
  /** Further inputs, such as the revision of the source. */
  input: string;
  /** Real time, epoch milliseconds. */
  nextAt: number;
  failures: number;
}

/** Simulated milliseconds until the object is due; 0 when it is. */
export function untilDue(
  last: Look | undefined,
  now: { generation: number | undefined; request: string | undefined; input: string; at: number; speed: number },
): number {
  const changed =
    last === undefined ||
    last.generation !== now.generation ||
    last.request !== now.request ||
    last.input !== now.input;
  return changed ? 0 : Math.max(0, (last.nextAt - now.at) * now.speed);
}
