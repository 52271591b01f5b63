import type { Cluster } from "../runtime/cluster.ts";
import { parseGoDuration } from "../runtime/go-duration.ts";
import type { GitRepository } from "./git-repository.ts";

/** go-git's dialer gives up by itself then: https://github.com/golang/go/blob/go1.25.0/src/net/http/transport.go (DefaultTransport) */
const DIAL_TIMEOUT_MILLISECONDS = 30_000;

/**
 * Undefined if the source can be tried. For one behind a cut line it waits as long as the real controller would,
 * unless the line is mended meanwhile, and gives the failure in go-git's words.
 */
export async function reachSource(
  { faults, world, signal }: Cluster,
  spec: GitRepository["spec"],
  listed: boolean,
): Promise<string | undefined> {
  const hostPort = hostPortOf(spec.url);
  const doing = listed ? "unable to list remote for" : "unable to clone";
  const get = `${doing} '${spec.url}': Get "${spec.url}/info/refs?service=git-upload-pack"`;
  const name = hostPort?.replace(/:\d+$/, "") ?? "";
  if (faults.dns.get(name)?.length === 0) {
    return `${get}: dial tcp: lookup ${name} on 10.43.0.10:53: no such host`;
  }
  if (hostPort === undefined || faults.cut.get(hostPort) === undefined) {
    return undefined;
  }
  const address = faults.cut.get(hostPort);
  const patience = parseGoDuration(spec.timeout, 60_000);
  const timeout = Math.min(patience, DIAL_TIMEOUT_MILLISECONDS);
  const step = Math.min(timeout, 1_000);
  for (let waited = 0; waited < timeout; waited += step) {
    await world.clock.sleep(step, signal);
    if (faults.cut.get(hostPort) === undefined) {
      return undefined;
    }
  }
  // Which of the two clocks runs out first decides the words; recorded in test/fixtures/cluster.
  const why = patience < DIAL_TIMEOUT_MILLISECONDS ? "context deadline exceeded" : `dial tcp ${address}: i/o timeout`;
  return `${get}: ${why}`;
}

export function hostPortOf(url: string): string | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === "https:" ? "443" : protocol === "ssh:" ? "22" : "80")}`;
}
