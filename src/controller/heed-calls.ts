import type { Asked } from "../project/asked.ts";
import type { Ports } from "../project/ports/ports.ts";

/** The same ports; `asked` holds whoever has been called through them and has not answered yet, the latest last. */
export function heedCalls(ports: Ports, asked: Asked[]): Ports {
  const heeded = <Port extends object>(name: Asked, port: Port): Port =>
    new Proxy(port, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        return (...args: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(value, target, args);
          if (!(answer instanceof Promise)) return answer;
          asked.push(name);
          const end = () => void asked.splice(asked.indexOf(name), 1);
          answer.then(end, end);
          return answer;
        };
      },
    });
  return {
    ...ports,
    github: heeded("github", ports.github),
    registry: heeded("registry", ports.registry),
    cluster: heeded("cluster", ports.cluster),
  };
}
