import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { Deadline } from "./deadline.ts";

export type Secured =
  | { socket: TLSSocket }
  | { outcome: { state: "tls-failed"; detail: string; subject?: string; issuer?: string } };

/** The handshake as a browser would judge it: chain, dates and name; of a certificate that does not do, whose it is. */
export async function connectTls(
  tcp: Socket,
  host: string,
  deadline: Deadline,
  ca: string | undefined,
): Promise<Secured> {
  const socket = connect({
    socket: tcp,
    // An address is no server name: https://www.rfc-editor.org/rfc/rfc6066#section-3
    ...(isIP(host) ? { host } : { servername: host }),
    ...(ca === undefined ? {} : { ca }),
    ALPNProtocols: ["http/1.1"],
    // Judged below, so that the certificate can still be told.
    rejectUnauthorized: false,
  });
  const { promise, resolve } = Promise.withResolvers<Secured>();
  socket.once("secureConnect", () => resolve(socket.authorized ? { socket } : { outcome: refused(socket) }));
  socket.once("error", (error: NodeJS.ErrnoException) =>
    resolve({ outcome: { state: "tls-failed", detail: error.code ?? error.message } }),
  );
  socket.once("end", () => resolve({ outcome: { state: "tls-failed", detail: "closed during the handshake" } }));

  const result = await deadline.race(promise);
  socket.removeAllListeners("end");
  socket.on("error", () => {});
  if (result !== "late" && "socket" in result) return result;
  socket.destroy();
  return result === "late" ? { outcome: { state: "tls-failed", detail: "no answer to the handshake" } } : result;
}

function refused(socket: TLSSocket) {
  const certificate = socket.getPeerCertificate();
  const subject = first(certificate.subject?.CN) ?? certificate.subjectaltname;
  const issuer = first(certificate.issuer?.CN) ?? first(certificate.issuer?.O);
  return {
    state: "tls-failed" as const,
    // Node's types say Error; it is the code: https://nodejs.org/api/tls.html#tlssocketauthorizationerror
    detail: String(socket.authorizationError),
    ...(subject === undefined ? {} : { subject }),
    ...(issuer === undefined ? {} : { issuer }),
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
