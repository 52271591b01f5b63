import { ConfigError } from "./config/config-error.ts";
import { contradictions } from "./config/contradictions.ts";
import { type Environment, environment } from "./config/environment.ts";
import { parseVantages, type VantageSettings } from "./config/parse-vantages.ts";
import type { Settings } from "./project/settings.ts";

export { ConfigError };

export interface Config {
  settings: Settings;
  slack: {
    botToken: string;
    apiUrl: string | undefined;
    mode: { kind: "socket"; appToken: string } | { kind: "http"; signingSecret: string };
  };
  github: {
    apiUrl: string;
    serverUrl: string;
    auth: { token: string } | { appId: string; privateKey: string; installationId?: number };
  };
  registry: { host: string; apiUrl: string; pull: { username: string; password: string } | undefined };
  /** `contexts` empty: the current one. `kubeconfig` undefined: in-cluster. */
  cluster: { kubeconfig: string | undefined; contexts: string[] };
  vantages: VantageSettings[];
  vantageSecret: string | undefined;
  templatesDir: string | undefined;
  operatorsChannel: string | undefined;
  accessFile: string | undefined;
  host: string;
  port: number;
  metricsPort: number;
  /** Of this replica, where the environment gives it one. */
  podName: string | undefined;
  logLevel: Environment["LOG_LEVEL"];
}

/** The environment, read once. Throws a ConfigError that names everything that is wrong; no value of a secret is in it. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty variable is one that was not set: what `${NAME:-}` and an absent Secret's key give.
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const parsed = environment.safeParse(given);
  const vantages = parseVantages(given.VANTAGES ?? "");
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => {
      const name = String(issue.path[0]);
      return `${name} ${given[name] === undefined ? "is missing" : issue.message}`;
    }),
    ...contradictions(given),
    ...vantages.problems,
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const read = parsed.data;

  return {
    settings: {
      owner: read.GITHUB_OWNER,
      baseDomain: read.BASE_DOMAIN,
      registryHost: read.REGISTRY_HOST,
      publicUrl: read.PUBLIC_URL === undefined ? undefined : withoutSlash(read.PUBLIC_URL),
      webhookSecret: read.GITHUB_WEBHOOK_SECRET,
      clusterIssuer: read.CLUSTER_ISSUER,
      ingressClass: read.INGRESS_CLASS,
      namespace: read.SLIPWAY_NAMESPACE,
      defaultTemplate: read.DEFAULT_TEMPLATE,
      routeScheme: read.ROUTE_SCHEME,
      routePort: read.ROUTE_PORT,
    },
    slack: { botToken: read.SLACK_BOT_TOKEN, apiUrl: read.SLACK_API_URL, mode: slackMode(read) },
    github: {
      apiUrl: withoutSlash(read.GITHUB_API_URL),
      serverUrl: withoutSlash(read.GITHUB_SERVER_URL),
      auth: githubAuth(read),
    },
    registry: {
      host: read.REGISTRY_HOST,
      apiUrl: withoutSlash(read.REGISTRY_API_URL ?? `https://${read.REGISTRY_HOST}`),
      pull:
        read.REGISTRY_PULL_USERNAME !== undefined && read.REGISTRY_PULL_TOKEN !== undefined
          ? { username: read.REGISTRY_PULL_USERNAME, password: read.REGISTRY_PULL_TOKEN }
          : undefined,
    },
    cluster: {
      kubeconfig: read.KUBECONFIG,
      contexts: (read.CLUSTERS ?? "").split(/[\s,]+/).filter((context) => context !== ""),
    },
    vantages: vantages.vantages,
    vantageSecret: read.VANTAGE_SECRET,
    templatesDir: read.TEMPLATES_DIR,
    operatorsChannel: read.OPERATORS_CHANNEL,
    accessFile: read.ACCESS_FILE,
    host: read.HOST,
    port: read.PORT,
    metricsPort: read.METRICS_PORT,
    podName: read.POD_NAME,
    logLevel: read.LOG_LEVEL,
  };
}

function slackMode(read: Environment): Config["slack"]["mode"] {
  if (read.SLACK_APP_TOKEN !== undefined) return { kind: "socket", appToken: read.SLACK_APP_TOKEN };
  if (read.SLACK_SIGNING_SECRET !== undefined) return { kind: "http", signingSecret: read.SLACK_SIGNING_SECRET };
  throw new Error("contradictions() refuses a Slack without either");
}

function githubAuth(read: Environment): Config["github"]["auth"] {
  if (read.GITHUB_TOKEN !== undefined) return { token: read.GITHUB_TOKEN };
  if (read.GITHUB_APP_ID === undefined || read.GITHUB_APP_PRIVATE_KEY === undefined) {
    throw new Error("contradictions() refuses a GitHub without either");
  }
  return {
    appId: read.GITHUB_APP_ID,
    privateKey: read.GITHUB_APP_PRIVATE_KEY,
    ...(read.GITHUB_APP_INSTALLATION_ID === undefined ? {} : { installationId: read.GITHUB_APP_INSTALLATION_ID }),
  };
}

/** Paths are put behind it. */
function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
