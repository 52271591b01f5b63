import { once } from "node:events";
import type { Log } from "../project/log.ts";
import type { Lease, LeaseRecord } from "../project/ports/lease.ts";
import { Problem } from "../project/problem.ts";
import { decideLease, type SeenLease, seeLease } from "./decide-lease.ts";

/** One time of leading, from getting the lease to losing it. */
export interface Term {
  /** May this term still act? Asked before each act; false for ever once lost. */
  holds(): boolean;
}

export interface Leadership {
  term(): Term | undefined;
  /** Why there is neither a lease of ours nor one of another to be seen. */
  problem(): string | undefined;
  /** Stands down and lets go of the lease, so that another takes it at its next look. */
  stop(): Promise<void>;
}

/** client-go's defaults: https://pkg.go.dev/k8s.io/client-go/tools/leaderelection#LeaderElectionConfig */
const PACE = { leaseMs: 15_000, renewMs: 10_000, retryMs: 2_000 };
/** Of `retryMs`, so that candidates do not ask in step. */
const JITTER = 0.2;

/**
 * Competes for the lease, and while it is ours leads. A term ends `renewMs` after the last renewal was begun, by a timer
 * of its own: also while the API server does not answer, and before anybody else may take it (`leaseMs`).
 */
export function createLeadership(options: {
  lease: Lease;
  /** No two processes that run at the same time may share it. */
  identity: string;
  /** Not before this does it compete: one that sees nothing yet would keep one that sees everything from leading. */
  after: Promise<unknown>;
  /** Begins to lead, in a term that holds already; what it returns ends that at once. */
  lead: () => () => void;
  /** Told since when the API server has not answered about a lease that is ours; `undefined` once it does. */
  unanswered?: (since: Date | undefined) => void;
  clock: { now(): Date; monotonic(): number; sleep(milliseconds: number, signal: AbortSignal): Promise<void> };
  log: Log;
  pace?: typeof PACE;
}): Leadership {
  const { lease, identity, clock, log } = options;
  const { leaseMs, renewMs, retryMs } = options.pace ?? PACE;
  const durationSeconds = Math.ceil(leaseMs / 1000);
  const stopped = new AbortController();
  let seen: SeenLease | undefined;
  let problem: string | undefined;
  let current: { term: Term; renew(begun: number): void; end(): void } | undefined;

  /** One look, and one write where it is our turn. Says how long to leave it alone. */
  async function compete(): Promise<number> {
    if (current && seen && (await renewed(seen))) return retryMs;
    const found = await lease.read();
    seen = found && seeLease(seen, found, clock.monotonic());
    const begun = clock.monotonic();
    const decision = decideLease(seen, { identity, durationSeconds }, { monotonic: begun, wall: clock.now() });
    if (decision.kind === "leave") {
      current?.end();
      return Math.min(retryMs * (1 + Math.random() * JITTER), decision.until - begun);
    }
    await write(decision.record, seen?.version, begun);
    return retryMs;
  }

  /** Without reading first, as nobody else writes to a lease that is held. False: somebody did. */
  async function renewed(held: SeenLease): Promise<boolean> {
    const begun = clock.monotonic();
    const decision = decideLease(held, { identity, durationSeconds }, { monotonic: begun, wall: clock.now() });
    if (decision.kind === "leave") return false;
    try {
      await write(decision.record, held.version, begun);
      return true;
    } catch (error) {
      log.warn({ error }, "the lease was not renewed; looking at it anew");
      if (!lost(error)) options.unanswered?.(new Date(clock.now().getTime() - (clock.monotonic() - begun)));
      return false;
    }
  }

  async function write(record: LeaseRecord, version: string | undefined, begun: number) {
    seen = seeLease(seen, await lease.write(record, version), clock.monotonic());
    options.unanswered?.(undefined);
    // An answer that comes too late is no term, and while we are stopping nothing is begun.
    if (stopped.signal.aborted || clock.monotonic() - begun >= renewMs) return;
    (current ?? begin()).renew(begun);
  }

  function begin() {
    let until = Number.POSITIVE_INFINITY;
    let timer: NodeJS.Timeout | undefined;
    const term = { holds: () => clock.monotonic() < until };
    log.info({ identity }, "leading");
    let standDown = () => {};
    const end = () => {
      clearTimeout(timer);
      until = Number.NEGATIVE_INFINITY;
      current = undefined;
      standDown();
      log.warn({ identity }, "no longer leading");
    };
    const mine = {
      term,
      end,
      renew(begun: number) {
        // The timer may come late (a stopped process, a busy one); what the clock says holds even so.
        if (!term.holds()) return end();
        until = begun + renewMs;
        clearTimeout(timer);
        timer = setTimeout(end, Math.max(0, until - clock.monotonic()));
      },
    };
    // Before leading: what that begins asks for its term at once, and without one does nothing.
    current = mine;
    try {
      standDown = options.lead();
    } catch (error) {
      end();
      throw error;
    }
    return mine;
  }

  async function run() {
    await Promise.race([options.after, once(stopped.signal, "abort")]);
    while (!stopped.signal.aborted) {
      let pause = retryMs;
      try {
        pause = await compete();
        problem = undefined;
      } catch (error) {
        problem = lost(error) ? undefined : error instanceof Error ? error.message : String(error);
        if (problem !== undefined) log.warn({ problem }, "the lease could not be had");
      }
      await clock.sleep(Math.max(0, pause), stopped.signal);
    }
  }

  const running = run();
  return {
    term: () => (current?.term.holds() ? current.term : undefined),
    problem: () => (current || problem === undefined ? undefined : `leader election: ${problem}`),
    async stop() {
      stopped.abort();
      current?.end();
      await running;
      if (seen?.record.holder !== identity) return;
      // As client-go lets go: a holder that is empty, and a second as the shortest duration that is valid.
      const released = { ...seen.record, holder: "", durationSeconds: 1, renewedAt: clock.now() };
      await lease
        .write(released, seen.version)
        .catch((error: unknown) => log.warn({ error }, "the lease was not released"));
    },
  };
}

/** Another was quicker: nothing is wrong. */
function lost(error: unknown): boolean {
  return error instanceof Problem && (error.code === "object-conflict" || error.code === "object-exists");
}
