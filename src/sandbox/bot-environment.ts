import type { GitHubPart } from "./github/index.ts";
import type { SlackPart } from "./slack/index.ts";
import type { ClusterSide } from "./start-cluster.ts";

/** URLs and tokens: everything that makes the production bot work with the sandbox. */
export function botEnvironment(options: {
  slack: SlackPart;
  github: GitHubPart;
  cluster: ClusterSide;
  port: number;
  metricsPort: number;
}): Record<string, string> {
  const { slack, github, cluster } = options;
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    GITHUB_APP_ID: String(github.app.id),
    GITHUB_APP_PRIVATE_KEY: github.app.privateKey,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_SERVER_URL: github.serverUrl,
    GITHUB_WEBHOOK_SECRET: "sandbox-webhook-secret",
    GITHUB_OWNER: "acme",
    REGISTRY_HOST: "ghcr.io",
    REGISTRY_API_URL: github.registryUrl,
    REGISTRY_PULL_USERNAME: github.pullUsername,
    REGISTRY_PULL_TOKEN: github.pullToken,
    // One bot at a time: the next one takes the lease of one that was killed, without waiting it out.
    POD_NAME: "sandbox",
    KUBECONFIG: cluster.botKubeconfigFile,
    PUBLIC_URL: `http://127.0.0.1:${options.port}`,
    HOST: "127.0.0.1",
    PORT: String(options.port),
    METRICS_PORT: String(options.metricsPort),
    ...cluster.environment,
  };
}
