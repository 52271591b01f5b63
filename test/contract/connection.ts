import { request } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";

export interface Reply {
  status: number;
  // Whatever the server sent: assertions narrow it.
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every kind
  body: any;
  warnings: string[];
}

export interface Ask {
  body?: unknown;
  type?: string;
  accept?: string;
  /** Impersonated: the connection's own user is an administrator. */
  as?: string;
  groups?: string[];
}

/** A server under contract: its administrator's configuration, and raw requests, since clients hide bodies and headers. */
export interface Connection {
  config: KubeConfig;
  send(method: string, path: string, ask?: Ask): Promise<Reply>;
  /** Makes the first versions too old to watch from; not needed of a server that has forgotten them already. */
  forget?(): void;
}

export const PATCH = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

export function connection(config: KubeConfig): Connection {
  return { config, send: (method, path, ask = {}) => send(config, method, path, ask) };
}

async function send(config: KubeConfig, method: string, path: string, ask: Ask): Promise<Reply> {
  const server = config.getCurrentCluster()?.server ?? "";
  const options = { method, headers: headersOf(ask) };
  await config.applyToHTTPSOptions(options);
  return new Promise((resolve, reject) => {
    const call = request(`${server}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const warnings = [response.headers.warning ?? []].flat();
        resolve({ status: response.statusCode ?? 0, body: parsed(text), warnings });
      });
    });
    call.on("error", reject);
    const text = ask.body === undefined ? "" : JSON.stringify(ask.body);
    // Node leaves the body of a DELETE without a length, and the server would not read it.
    if (text !== "") call.setHeader("content-length", Buffer.byteLength(text));
    call.end(text);
  });
}

function headersOf(ask: Ask): Record<string, string | string[]> {
  return {
    "user-agent": "contract/1",
    accept: ask.accept ?? "application/json",
    ...(ask.body === undefined ? {} : { "content-type": ask.type ?? "application/json" }),
    ...(ask.as === undefined ? {} : { "impersonate-user": ask.as }),
    ...(ask.groups === undefined ? {} : { "impersonate-group": ask.groups }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
