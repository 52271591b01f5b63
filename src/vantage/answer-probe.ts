import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { z } from "zod";
import { probe } from "../probes/probe.ts";
import { addressRefusal } from "./address-refusal.ts";
import type { VantageOptions } from "./vantage-options.ts";

/** A URL, an address and a time are all that is asked with. */
const AT_MOST_BYTES = 8 * 1024;

const Asked = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  address: z
    .string()
    .refine((value) => isIP(value) !== 0, "is no IP address")
    .optional(),
  timeoutMs: z.number().int().min(100).max(15_000).default(10_000),
});

/** One probe, as far as it is allowed. */
export async function answerProbe(
  request: IncomingMessage,
  options: VantageOptions,
): Promise<{ status: number; body: object }> {
  const text = await bodyOf(request);
  if (text === undefined) return { status: 413, body: { error: `more than ${AT_MOST_BYTES} bytes` } };
  const asked = Asked.safeParse(parseJson(text));
  if (!asked.success) {
    const [issue] = asked.error.issues;
    return { status: 400, body: { error: `${issue?.path.join(".") || "body"}: ${issue?.message}` } };
  }
  const { url, address, timeoutMs } = asked.data;
  const { port, protocol, username, password } = new URL(url);
  if (username || password) return { status: 400, body: { error: "no credentials in the URL" } };
  const wanted = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  if (!options.ports.includes(wanted)) return { status: 403, body: { error: `port ${wanted} is not allowed here` } };

  let refused: string | undefined;
  const result = await probe(
    { url, timeoutMs, ...(address === undefined ? {} : { address }) },
    {
      from: "vantage",
      clock: options.clock ?? { now: () => new Date() },
      // Asked after the name was resolved, and of the very address that is connected to: a name that answers
      // differently the second time (DNS rebinding) gains nothing.
      refuses: (at) => {
        if (!options.allowPrivate) refused ??= addressRefusal(at);
        return refused;
      },
      allows: (port) => options.ports.includes(port),
    },
  );
  return refused === undefined ? { status: 200, body: result } : { status: 403, body: { error: refused } };
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > AT_MOST_BYTES) return undefined;
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > AT_MOST_BYTES) return undefined;
  }
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
