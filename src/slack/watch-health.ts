export interface Health {
  /** Why Slack cannot be talked to, if so. */
  problem(): string | undefined;
  stop(): void;
}

/**
 * Whether Slack takes our token and what people say arrives. Asked at the start, and then only for as long as something is
 * wrong, or `doubtful` says that it may be: where nothing happens nothing is asked, and a readiness probe each few seconds
 * asks nothing at all.
 */
export async function watchHealth(
  check: () => Promise<{ ok: true } | { ok: false; detail: string }>,
  doubtful: () => boolean,
  everyMs: number,
): Promise<Health> {
  let problem: string | undefined;
  const look = async () => {
    const found = await check();
    problem = found.ok ? undefined : `Slack: ${found.detail}`;
  };
  await look();
  const timer = setInterval(() => {
    if (problem !== undefined || doubtful()) void look();
  }, everyMs);
  return { problem: () => problem, stop: () => clearInterval(timer) };
}
