import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

/** Addresses tried at most; a name may have many. */
const AT_MOST = 4;

/** By the system's resolver, as an application on this machine would: search domains, hosts file and all. */
export async function resolveHost(host: string): Promise<{ addresses: string[] } | { failed: string }> {
  const plain = host.replace(/^\[|\]$/g, "");
  if (isIP(plain)) return { addresses: [plain] };
  // Loopback, without asking: https://datatracker.ietf.org/doc/html/rfc6761#section-6.3. Not every libc does it.
  if (plain === "localhost" || plain.endsWith(".localhost")) return { addresses: ["127.0.0.1"] };
  try {
    const found = await lookup(plain, { all: true });
    return { addresses: found.slice(0, AT_MOST).map((each) => each.address) };
  } catch (error) {
    return { failed: error instanceof Error && "code" in error ? `${plain}: ${String(error.code)}` : String(error) };
  }
}
