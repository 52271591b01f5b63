import type { ProbeResult, Vantage } from "../project/ports/probes.ts";
import { meaningOf } from "./meaning-of.ts";
import { unknownResult } from "./unknown-result.ts";
import type { Watched } from "./watched.ts";

/** A 404 that stays is asked about again after this. */
const GOOD_MS = 60_000;

/**
 * After a 404 asks what a host that nobody has gets at the same address, port and path, and remembers it: that tells the
 * router's from the application's. True: it gets something else than before.
 */
export async function renewControl(
  watched: Watched,
  result: ProbeResult,
  given: { inside: Vantage | undefined; monotonic(): number; random(): number; spend(): void },
): Promise<boolean> {
  const { outcome, target, at } = result;
  const { inside } = given;
  if (outcome.state !== "answered" || outcome.status !== 404) return false;
  // Where any host leads to the application it would be asked itself.
  if (!inside || target.address === undefined || watched.site.anyHost) return false;
  const before = watched.control;
  const same = before?.target.address === target.address && before.target.port === target.port;
  if (same && given.monotonic() - watched.controlAt < GOOD_MS) return false;
  watched.controlAt = given.monotonic();
  given.spend();
  // Below .invalid there are no names: https://www.rfc-editor.org/rfc/rfc2606#section-2
  const host = `slipway-${Math.floor(given.random() * 2 ** 32).toString(16)}.invalid`;
  const url = `${target.tls ? "https" : "http"}://${host}:${target.port}${target.path}`;
  const asked = { url, address: target.address, anyCertificate: true };
  const control = await inside
    .probe(asked)
    .catch((error: unknown) => unknownResult("inside", asked, at, String(error)));
  watched.control = control;
  return before !== undefined && meaningOf(before) !== meaningOf(control);
}
