import { createPrivateKey } from "node:crypto";
import { z } from "zod";

const text = z.string();
const secret = z.string();
const port = z.coerce
  .number("is not a port (0 to 65535)")
  .int("is not a port (0 to 65535)")
  .min(0, "is not a port (0 to 65535)")
  .max(65_535, "is not a port (0 to 65535)");
const url = z.url({ protocol: /^https?$/, error: "is not a URL that begins with http:// or https://" });
const label = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "is not a Kubernetes name (a-z, 0-9, -)");
/** DNS subdomain: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "is not a Kubernetes name (a-z, 0-9, -, .)");
const domain = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "is not a domain in lower case",
  );

/** Keys come through environments with their line ends written as `\n`, or as base64. */
const privateKey = z.string().transform((value, context) => {
  const lines = value.replaceAll("\\n", "\n");
  const pem = lines.includes("-----BEGIN") ? lines : Buffer.from(lines, "base64").toString("utf8");
  try {
    createPrivateKey(pem);
    return pem.trim();
  } catch {
    context.addIssue({
      code: "custom",
      message: "is not a private key in PEM form (-----BEGIN RSA PRIVATE KEY----- …)",
    });
    return z.NEVER;
  }
});

/** Every variable that the bot reads; the descriptions are docs/guide/configuration.md. */
export const environment = z.object({
  SLACK_BOT_TOKEN: secret.regex(/^xoxb-/, "is not a bot token (xoxb-…)").describe("The app's bot token, `xoxb-…`"),
  SLACK_APP_TOKEN: secret
    .regex(/^xapp-/, "is not an app-level token (xapp-…)")
    .optional()
    .describe("App-level token, `xapp-…`: Socket Mode. Without it Slack is served over HTTP"),
  SLACK_SIGNING_SECRET: secret.optional().describe("Needed without `SLACK_APP_TOKEN`: requests at `/slack/events`"),
  SLACK_API_URL: url.optional().describe("Base URL of Slack's Web API, when it is not Slack's own"),

  GITHUB_APP_ID: z
    .string()
    .regex(/^\d+$|^Iv/, "is neither an App's number nor its client id")
    .optional()
    .describe("The GitHub App's id; or a `GITHUB_TOKEN`"),
  GITHUB_APP_PRIVATE_KEY: privateKey
    .optional()
    .describe("Its private key: PEM, line ends may be `\\n`; or that in base64"),
  GITHUB_APP_INSTALLATION_ID: z.coerce
    .number("is not a number")
    .int("is not a whole number")
    .positive("is not a number above zero")
    .optional()
    .describe("Its installation; found by the owner when not given"),
  GITHUB_TOKEN: secret
    .optional()
    .describe(
      "A token in place of an App: scopes `repo`, `workflow`, `admin:repo_hook`, `delete_repo`, `read:packages`",
    ),
  GITHUB_API_URL: url
    .default("https://api.github.com")
    .describe("`https://<host>/api/v3` for a GitHub Enterprise Server"),
  GITHUB_SERVER_URL: url.default("https://github.com").describe("Where repositories are seen and cloned"),
  GITHUB_WEBHOOK_SECRET: secret
    .optional()
    .describe(
      "Signs webhooks at `/github/webhooks`; needed with `PUBLIC_URL`; changed, repositories' webhooks are changed too",
    ),
  GITHUB_OWNER: z
    .string()
    .regex(/^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$/, "is not a GitHub login")
    .describe("Organisation or person that owns new repositories, when a launch names none"),

  REGISTRY_HOST: text
    .regex(/^[a-z0-9.-]+(:\d+)?$/, "is not a host as images are named by (ghcr.io)")
    .default("ghcr.io")
    .describe("First part of images' names"),
  REGISTRY_API_URL: url.optional().describe("Where that registry answers, when not at `https://<REGISTRY_HOST>`"),
  REGISTRY_PULL_USERNAME: text
    .optional()
    .describe("For the pull secret, where the App's own token cannot read packages"),
  REGISTRY_PULL_TOKEN: secret.optional().describe("Its password: a token with `read:packages`"),

  KUBECONFIG: text.optional().describe("Kubeconfig file; without it the Pod's own ServiceAccount"),
  CLUSTERS: text
    .optional()
    .describe("Contexts of `KUBECONFIG` that projects may live in, comma between; default: the current one"),
  SLIPWAY_NAMESPACE: label.default("slipway-system").describe("Where `Project`s live"),
  POD_NAME: text
    .optional()
    .describe(
      "Who this replica is when one of them is to lead; no two that run may share it. Default: host and process",
    ),
  BASE_DOMAIN: domain
    .optional()
    .describe("Hosts are `<name>.<BASE_DOMAIN>`; without it a launch must name its domain, or its whole host"),
  ROUTE_SCHEME: z
    .enum(["http", "https"], "is neither http nor https")
    .optional()
    .describe("How people reach routes, when certificates do not decide it"),
  ROUTE_PORT: port.optional().describe("Port that people reach routes at, when it is not the scheme's"),
  CLUSTER_ISSUER: objectName.optional().describe("cert-manager's ClusterIssuer; default: found in the cluster"),
  INGRESS_CLASS: objectName.optional().describe("IngressClass; default: found in the cluster"),

  PUBLIC_URL: url
    .optional()
    .describe(
      "Where Slack and GitHub reach the bot; changed, repositories' webhooks are changed too. Without it there are none, and the bot polls",
    ),
  TEMPLATES_DIR: text.optional().describe("A directory of a team's own templates, besides those that come along"),
  DEFAULT_TEMPLATE: text.default("nextjs").describe("Template of a launch that names none"),
  OPERATORS_CHANNEL: text.optional().describe("Slack channel for what concerns the whole cluster"),
  ACCESS_FILE: text.optional().describe("File of who may do what"),
  VANTAGES: text
    .optional()
    .describe(
      "Who looks from outside, comma between: `globalping`, `globalping:<token>`, URLs of `slipway vantage` agents (`<name>=<url>`)",
    ),
  VANTAGE_SECRET: secret
    .min(16, "is shorter than 16 characters")
    .optional()
    .describe("Shared with the agents in `VANTAGES`"),

  HOST: text.default("0.0.0.0").describe("Address that both HTTP servers listen on"),
  PORT: port.default(3000).describe("HTTP for Slack and GitHub"),
  METRICS_PORT: port.default(9090).describe("HTTP for `/metrics`, `/healthz`, `/readyz`"),
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "is none of trace, debug, info, warn, error, fatal, silent",
    )
    .default("info")
    .describe("pino's level"),
});

export type Environment = z.infer<typeof environment>;
