import { isIP, type Socket } from "node:net";
import { checkServerIdentity, connect, type TLSSocket } from "node:tls";
import type { ProbeResult } from "../project/ports/probes.ts";
import type { Deadline } from "./deadline.ts";
import { tlsTrouble } from "./tls-trouble.ts";

type Failed = Extract<ProbeResult["outcome"], { state: "tls-failed" }>;
export type Secured = { socket: TLSSocket } | { outcome: Failed };

/** The handshake as a browser would judge it: chain, dates and name; of a certificate that does not do, whose it is. */
export async function connectTls(
  tcp: Socket,
  host: string,
  deadline: Deadline,
  trust: { ca?: string; any?: boolean; now: Date },
): Promise<Secured> {
  const socket = connect({
    socket: tcp,
    // An address is no server name: https://www.rfc-editor.org/rfc/rfc6066#section-3
    ...(isIP(host) ? { host } : { servername: host }),
    ...(trust.ca === undefined ? {} : { ca: trust.ca }),
    ALPNProtocols: ["http/1.1"],
    // Judged below, so that the certificate can still be told.
    rejectUnauthorized: false,
  });
  const { promise, resolve } = Promise.withResolvers<Secured>();
  socket.once("secureConnect", () =>
    resolve(socket.authorized || trust.any ? { socket } : { outcome: refused(socket, host, trust.now) }),
  );
  socket.once("error", (error: NodeJS.ErrnoException) => resolve({ outcome: unshaken(error.code ?? error.message) }));
  socket.once("end", () => resolve({ outcome: unshaken("closed during the handshake") }));

  const result = await deadline.race(promise);
  socket.removeAllListeners("end");
  socket.on("error", () => {});
  if (result !== "late" && "socket" in result) return result;
  socket.destroy();
  return result === "late" ? { outcome: unshaken("no answer to the handshake") } : result;
}

function unshaken(detail: string): Failed {
  return { state: "tls-failed", reason: "handshake", detail };
}

function refused(socket: TLSSocket, host: string, now: Date): Failed {
  const certificate = socket.getPeerCertificate();
  // Let's Encrypt's newer profiles name nobody but here: https://letsencrypt.org/docs/profiles/
  const subject = first(certificate.subject?.CN) ?? /DNS:([^,]+)/.exec(certificate.subjectaltname ?? "")?.[1];
  const issuer = first(certificate.issuer?.CN) ?? first(certificate.issuer?.O);
  const notBefore = dateOf(certificate.valid_from);
  const notAfter = dateOf(certificate.valid_to);
  // Node's types say Error; it is the code: https://nodejs.org/api/tls.html#tlssocketauthorizationerror
  const detail = String(socket.authorizationError);
  const reason = tlsTrouble({
    code: detail,
    fits: checkServerIdentity(host, certificate) === undefined,
    expired: notAfter !== undefined && notAfter < now,
    early: notBefore !== undefined && notBefore > now,
    ...(subject === undefined ? {} : { subject }),
  });
  return {
    state: "tls-failed",
    reason,
    detail,
    ...(subject === undefined ? {} : { subject }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** `Nov 30 04:10:00 2026 GMT`; a certificate without readable dates is judged by the rest. */
function dateOf(text: string | undefined): Date | undefined {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? undefined : new Date(at);
}
