import { connect } from "node:net";
import type { Probe } from "./pod.ts";

/**
 * One try of a probe against the process; undefined if it passed, else the prober's words.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/probe/http/http.go
 */
export async function probeContainer(
  probe: Probe,
  target: {
    port: number;
    podIP: string;
    listensOn: readonly number[] | undefined;
    ports: readonly { name?: string; containerPort: number }[];
  },
): Promise<string | undefined> {
  const named = probe.httpGet?.port ?? probe.tcpSocket?.port;
  const shown = target.ports.find(({ name }) => name === named)?.containerPort ?? named;
  // A probe never waits less than this machine may need under load.
  const refused = `dial tcp ${target.podIP}:${shown}: connect: connection refused`;
  const closed = target.listensOn !== undefined && !target.listensOn.includes(Number(shown));
  const timeout = Math.max(probe.timeoutSeconds * 1_000, 1_000);
  if (probe.tcpSocket) {
    return !closed && (await opens(target.port, timeout)) ? undefined : refused;
  }
  if (!probe.httpGet) {
    return undefined;
  }
  const url = `http://${target.podIP}:${shown}${probe.httpGet.path}`;
  if (closed) {
    return `Get "${url}": ${refused}`;
  }
  try {
    const answer = await fetch(`http://127.0.0.1:${target.port}${probe.httpGet.path}`, {
      headers: Object.fromEntries(probe.httpGet.httpHeaders.map(({ name, value }) => [name, value])),
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    await answer.body?.cancel();
    return answer.status >= 200 && answer.status < 400
      ? undefined
      : `HTTP probe failed with statuscode: ${answer.status}`;
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") {
      return `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
    }
    return `Get "${url}": ${refused}`;
  }
}

function opens(port: number, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}
