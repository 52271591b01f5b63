import type { KubeObject } from "../../store.ts";
import type { Control } from "../control.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { mayReadIngresses } from "../traefik/may-read-ingresses.ts";
import type { Chain } from "./chain.ts";
import { createSolver } from "./create-solver.ts";

const COMPONENT = "cert-manager-challenges";
/** cert-manager asks itself for the challenge again then. https://github.com/cert-manager/cert-manager/blob/v1.19.1/pkg/controller/acmechallenges/sync.go */
const CHECK_MILLISECONDS = 10_000;
/** How long Let's Encrypt takes to validate, and gives up connecting. */
const VALIDATION_MILLISECONDS = { open: 3_000, timeout: 10_000 };

/**
 * One HTTP-01 challenge: presented, checked from inside, validated from outside.
 * Undefined when it is valid; the ACME server's words when not. Stops when the challenge is deleted.
 */
export async function solveChallenge(
  cluster: Cluster,
  control: Control,
  chain: Chain,
  challenge: KubeObject,
  { host, token, key }: { host: string; token: string; key: string },
): Promise<string | undefined> {
  const { store, world, signal } = cluster;
  chain.tell(challenge, COMPONENT, "Started", "Challenge scheduled for processing");
  const solver = createSolver(cluster, challenge, { host, token });
  chain.status(challenge, { presented: true, processing: true, state: "pending" });
  chain.tell(challenge, COMPONENT, "Presented", "Presented challenge using HTTP-01 challenge mechanism");
  const url = `http://${host}/.well-known/acme-challenge/${token}`;
  try {
    // The first look is too early for the route; the second is the one that counts.
    let reason: string | undefined =
      selfCheck(cluster, control, host, url) ??
      `did not get expected response when querying endpoint, expected "${key}" but got: 404 page not found... (truncated)`;
    while (reason !== undefined) {
      chain.status(challenge, { reason: `Waiting for HTTP-01 challenge propagation: ${reason}` });
      await world.clock.sleep(CHECK_MILLISECONDS, signal);
      if (!store.get(refOf(challenge))) {
        return undefined;
      }
      reason = selfCheck(cluster, control, host, url);
    }
    const reach = control.outside(host, 80);
    await world.clock.sleep(
      reach === "timeout" ? VALIDATION_MILLISECONDS.timeout : VALIDATION_MILLISECONDS.open,
      signal,
    );
    if (reach === "open") {
      chain.status(challenge, {
        presented: false,
        processing: false,
        reason: "Successfully authorized domain",
        state: "valid",
      });
      chain.tell(challenge, COMPONENT, "DomainVerified", `Domain "${host}" verified with "HTTP-01" validation`);
      return undefined;
    }
    const why = reach === "timeout" ? "Timeout during connect (likely firewall problem)" : "Connection refused";
    // https://github.com/letsencrypt/boulder/blob/v0.20250908.0/va/va.go (detailedError)
    const refusal = `acme: authorization error for ${host}: 400 urn:ietf:params:acme:error:connection: ${control.resolve(host)[0]}: Fetching ${url}: ${why}`;
    chain.status(challenge, {
      presented: false,
      processing: false,
      reason: `Error accepting authorization: ${refusal}`,
      state: "invalid",
    });
    chain.tell(challenge, COMPONENT, "Failed", `Accepting challenge authorization failed: ${refusal}`, "Warning");
    return refusal;
  } finally {
    solver.remove();
  }
}

/** The GET that cert-manager makes itself before it asks the ACME server; undefined if it finds the solver. */
function selfCheck(cluster: Cluster, control: Control, host: string, url: string): string | undefined {
  const get = `failed to perform self check GET request '${url}': Get "${url}"`;
  const addresses = control.resolve(host);
  if (addresses.length === 0) {
    return `${get}: dial tcp: lookup ${host} on 10.43.0.10:53: no such host`;
  }
  switch (control.inside(host, 80)) {
    case "timeout":
      return `${get}: dial tcp ${addresses[0]}:80: connect: no route to host`;
    case "refused":
      return `${get}: dial tcp ${addresses[0]}:80: connect: connection refused`;
    case "open":
      return mayReadIngresses(cluster.store) ? undefined : "wrong status code '404', expected '200'";
  }
}
