import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebClient } from "@slack/web-api";
import { readFlags } from "../../../src/sandbox/read-flags.ts";
import { startSandbox } from "../../../src/sandbox/start-sandbox.ts";
import type { ApiServer } from "../start-api-server.ts";

/** All that the bot needs besides a cluster: the sandbox's Slack and GitHub, and an application that answers. */
export async function startOutside(server: ApiServer) {
  const application = createServer((_, response) => response.end("ok"));
  await once(application.listen(0, "127.0.0.1"), "listening");
  const { port } = application.address() as AddressInfo; // of a TCP listener
  const flags = ["--only", "slack,github", "--kubeconfig", server.kubeconfigFile, "--port", "0"];
  const sandbox = await startSandbox(readFlags(flags));
  const client = new WebClient(sandbox.slack.botToken, { slackApiUrl: sandbox.slack.apiUrl });
  const posted = await client.chat.postMessage({ channel: "#launches", text: "All of these projects are live." });
  if (!posted.channel || !posted.ts) throw new Error("Slack took no message");
  // Nobody is to be called by GitHub: of a thousand projects that no launch made here it would be a webhook each.
  const { PUBLIC_URL: _, GITHUB_WEBHOOK_SECRET: __, ...environment } = sandbox.environment;
  return {
    slack: sandbox.slack,
    github: sandbox.github,
    thread: { channel: posted.channel, ts: posted.ts },
    environment: {
      ...environment,
      // Whatever the host, the application of each project answers here.
      ROUTE_SCHEME: "http",
      ROUTE_PORT: String(port),
      LOG_LEVEL: "warn",
    } as Record<string, string>,
    async close() {
      await sandbox.close();
      application.closeAllConnections();
      application.close();
    },
  };
}

export type Outside = Awaited<ReturnType<typeof startOutside>>;
