import type { Controller } from "./controller.ts";
import type { Term } from "./leadership.ts";

/**
 * The controller for one pass of one term: once the term is over every call is refused before it is made, so that a pass
 * that is under way when the lease goes does nothing more beside the next leader's.
 */
export function fenced(controller: Controller, term: Term): Controller {
  const { ports, messenger } = controller;
  return {
    ...controller,
    ports: {
      ...ports,
      github: fence(ports.github, term),
      registry: fence(ports.registry, term),
      cluster: fence(ports.cluster, term),
      projects: fence(ports.projects, term),
      sites: fence(ports.sites, term),
    },
    messenger: fence(messenger, term),
  };
}

function fence<Port extends object>(port: Port, term: Term): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (!term.holds()) throw new Error(`another replica leads now: ${String(name)} was not called`);
        return Reflect.apply(value, target, given);
      };
    },
  });
}
