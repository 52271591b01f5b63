export interface Health {
  /** Why Slack cannot be talked to, if so. */
  problem(): string | undefined;
  stop(): void;
}

/** Asks now and then whether Slack still takes our token; a readiness probe each few seconds must not use up its limits. */
export async function watchHealth(
  check: () => Promise<{ ok: true } | { ok: false; detail: string }>,
  everyMs: number,
): Promise<Health> {
  let problem: string | undefined;
  const look = async () => {
    const found = await check();
    problem = found.ok ? undefined : `Slack: ${found.detail}`;
  };
  await look();
  const timer = setInterval(() => void look(), everyMs);
  return { problem: () => problem, stop: () => clearInterval(timer) };
}
