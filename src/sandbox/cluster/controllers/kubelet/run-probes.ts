import { setTimeout as wait } from "node:timers/promises";
import type { World } from "../../../shared/world.ts";
import type { Container, Probe } from "./pod.ts";
import { probeContainer } from "./probe-container.ts";

export interface ProbeListener {
  started(): void;
  ready(ready: boolean): void;
  /** One failure, in the kubelet's words. */
  unhealthy(message: string): void;
  /** The container is to be restarted. */
  failed(kind: "liveness" | "startup"): void;
}

/**
 * Probes a running process until `signal` aborts. Readiness is asked in simulated time, so that a fast world is ready fast;
 * what may kill is counted in real time, because the process starts no faster than it does.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/prober/worker.go
 */
export function runProbes(
  container: Container,
  target: { port: number; podIP: string; listensOn: readonly number[] | undefined },
  world: World,
  listener: ProbeListener,
  signal: AbortSignal,
): void {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  const ask = (probe: Probe) => probeContainer(probe, { ...target, ports: container.ports });
  const simulated = (seconds: number) => world.clock.sleep(seconds * 1_000, signal);
  const real = (seconds: number) => wait(seconds * 1_000, undefined, { signal });

  const startup = async (probe: Probe) => {
    await simulated(probe.initialDelaySeconds);
    const until = Date.now() + probe.failureThreshold * probe.periodSeconds * 1_000;
    while (Date.now() < until) {
      const problem = await ask(probe);
      if (problem === undefined) {
        return true;
      }
      listener.unhealthy(`Startup probe failed: ${problem}`);
      await simulated(probe.periodSeconds);
    }
    listener.failed("startup");
    return false;
  };

  const readiness = async (probe: Probe) => {
    await simulated(probe.initialDelaySeconds);
    let streak = 0;
    for (;;) {
      const problem = await ask(probe);
      if (signal.aborted) {
        return;
      }
      streak = problem === undefined ? Math.max(1, streak + 1) : Math.min(-1, streak - 1);
      if (problem !== undefined) {
        listener.unhealthy(`Readiness probe failed: ${problem}`);
      }
      if (streak >= probe.successThreshold) {
        listener.ready(true);
      } else if (streak <= -probe.failureThreshold) {
        listener.ready(false);
      }
      await simulated(probe.periodSeconds);
    }
  };

  const liveness = async (probe: Probe) => {
    await real(Math.max(probe.initialDelaySeconds, probe.periodSeconds));
    for (let failures = 0; failures < probe.failureThreshold; ) {
      const problem = await ask(probe);
      if (signal.aborted) {
        return;
      }
      failures = problem === undefined ? 0 : failures + 1;
      if (problem !== undefined) {
        listener.unhealthy(`Liveness probe failed: ${problem}`);
      }
      if (failures < probe.failureThreshold) {
        await real(probe.periodSeconds);
      }
    }
    listener.failed("liveness");
  };

  const all = async () => {
    if (startupProbe && !(await startup(startupProbe))) {
      return;
    }
    listener.started();
    if (!readinessProbe) {
      listener.ready(true);
    }
    await Promise.all([
      ...(readinessProbe ? [readiness(readinessProbe)] : []),
      ...(livenessProbe ? [liveness(livenessProbe)] : []),
    ]);
  };
  // Ends by the signal: a sleep that is aborted rejects.
  all().catch((error: unknown) => {
    if (!signal.aborted) {
      throw error;
    }
  });
}
