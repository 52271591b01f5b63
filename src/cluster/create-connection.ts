import { readFile } from "node:fs/promises";
import { Agent, type AgentOptions } from "node:https";
import type { Connection } from "./connection.ts";
import { createMemo } from "./create-memo.ts";
import type { Access, Source } from "./plain-kubeconfig.ts";

/** Tokens and certificates in files are renewed while we run; client-go looks as often. */
const READ_AGAIN_MS = 60_000;
/** An idle connection is let go before the server, or what is in between, does so without a word. */
const IDLE_MS = 4_000;
const PROBE_MS = 30_000;

/** Connections are kept for the next call. `pathOf`: of the files that `access` names. */
export function createConnection(access: Access, pathOf: (file: string) => string = (file) => file): Connection {
  const { server, authority, serverName, insecure, token, certificate } = access;
  const remembered = createMemo(READ_AGAIN_MS, { now: () => new Date() });
  const read = async (source: Source | undefined) =>
    source && ("text" in source ? source.text : readFile(pathOf(source.file), "utf8"));
  let agent: { of: string; agent: Agent } | undefined;

  async function readAll() {
    const [ca, bearer, cert, key] = await Promise.all(
      [authority, token, certificate?.certificate, certificate?.key].map(read),
    );
    return { bearer: bearer?.trim(), tls: { ca, cert, key } };
  }

  function agentOf(tls: Pick<AgentOptions, "ca" | "cert" | "key">): Agent {
    const of = JSON.stringify(tls);
    if (agent?.of !== of) {
      const given = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
      agent = {
        of,
        agent: new Agent({
          ...given,
          ...(serverName === undefined ? {} : { servername: serverName }),
          ...(insecure && { rejectUnauthorized: false }),
          keepAlive: true,
          keepAliveMsecs: PROBE_MS,
          timeout: IDLE_MS,
        }),
      };
    }
    return agent.agent;
  }

  return {
    server,
    async options() {
      const { bearer, tls } = await remembered("credentials", readAll);
      return { agent: agentOf(tls), ...(bearer ? { headers: { Authorization: `Bearer ${bearer}` } } : {}) };
    },
  };
}
