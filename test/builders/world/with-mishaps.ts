import type { Ports } from "../../../src/project/ports/ports.ts";
import { Problem } from "../../../src/project/problem.ts";

/**
 * At the n-th call (from 1): the process dies `before` it reached the other side, or `after` that did as asked; or the
 * call alone fails, `refused` without effect or with its `answer-lost`.
 */
export interface Mishap {
  at: number;
  kind: "dies-before" | "dies-after" | "refused" | "answer-lost";
}

/** Ports that count every call, and where one mishap happens. A dead process calls nobody, until it is started anew. */
export function withMishaps(ports: Ports) {
  const calls: string[] = [];
  let mishap: Mishap | undefined;
  let dead = false;

  async function through(name: string, call: () => unknown): Promise<unknown> {
    if (dead) throw new Error("this process is dead");
    calls.push(name);
    if (mishap?.at !== calls.length) return call();
    const { kind } = mishap;
    if (kind === "dies-after" || kind === "answer-lost") await call();
    if (kind === "dies-before" || kind === "dies-after") {
      dead = true;
      throw new Error("died here");
    }
    throw new Problem("cluster-unreachable", { evidence: "connect ECONNRESET" });
  }

  const wrapped = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get(target, key, receiver) {
        const value: unknown = Reflect.get(target, key, receiver);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => through(`${name}.${String(key)}`, () => Reflect.apply(value, target, given));
      },
    });

  return {
    calls,
    set: (next: Mishap | undefined) => {
      mishap = next;
    },
    restart: () => {
      dead = false;
    },
    ports: {
      github: wrapped("github", ports.github),
      registry: wrapped("registry", ports.registry),
      cluster: wrapped("cluster", ports.cluster),
      projects: wrapped("projects", ports.projects),
      vantages: ports.vantages.map((vantage) => wrapped("vantage", vantage)),
      // In memory, and never waits: there is nothing that could go wrong on the way.
      sites: ports.sites,
      people: ports.people,
      clock: ports.clock,
    } satisfies Ports,
  };
}
