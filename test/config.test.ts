import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { environment } from "../src/config/environment.ts";
import { ConfigError, readConfig } from "../src/config.ts";

const least = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  GITHUB_TOKEN: "ghp_1",
  GITHUB_OWNER: "acme",
};

function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe("readConfig", () => {
  it("needs four variables and fills in the rest", () => {
    const config = readConfig(least);
    expect(config.settings).toEqual({
      owner: "acme",
      baseDomain: undefined,
      registryHost: "ghcr.io",
      publicUrl: undefined,
      webhookSecret: undefined,
      clusterIssuer: undefined,
      ingressClass: undefined,
      namespace: "slipway-system",
      defaultTemplate: "nextjs",
      routeScheme: undefined,
      routePort: undefined,
    });
    expect(config).toMatchObject({
      slack: { botToken: "xoxb-1", mode: { kind: "socket", appToken: "xapp-1" } },
      github: { apiUrl: "https://api.github.com", serverUrl: "https://github.com", auth: { token: "ghp_1" } },
      registry: { host: "ghcr.io", apiUrl: "https://ghcr.io", pull: undefined },
      vantages: [],
      port: 3000,
      metricsPort: 9090,
      logLevel: "info",
    });
  });

  it("names everything that is missing at once", () => {
    expect(problemsOf({})).toEqual([
      "SLACK_BOT_TOKEN is missing",
      "GITHUB_OWNER is missing",
      "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both missing: the first for Socket Mode, the second for HTTP",
      "GitHub's credentials are missing: GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY, or GITHUB_TOKEN",
    ]);
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readConfig({ ...least, BASE_DOMAIN: "", GITHUB_API_URL: " ", PORT: "" })).toMatchObject({
      port: 3000,
      github: { apiUrl: "https://api.github.com" },
      settings: { baseDomain: undefined },
    });
  });

  it("serves Slack over HTTP when there is a signing secret and no app token", () => {
    const config = readConfig({ ...least, SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: "s" });
    expect(config.slack.mode).toEqual({ kind: "http", signingSecret: "s" });
  });

  it.each([
    [{ GITHUB_APP_ID: "1", GITHUB_APP_PRIVATE_KEY: pem() }, /GITHUB_APP_ID and GITHUB_TOKEN are both set/],
    [{ GITHUB_TOKEN: undefined, GITHUB_APP_ID: "1" }, /GITHUB_APP_PRIVATE_KEY is missing, GITHUB_APP_ID is set/],
    [{ GITHUB_TOKEN: undefined, GITHUB_APP_PRIVATE_KEY: pem() }, /GITHUB_APP_ID is missing/],
    [
      { GITHUB_TOKEN: undefined, GITHUB_APP_ID: "1", GITHUB_APP_PRIVATE_KEY: "hunter2" },
      /PRIVATE_KEY is not a private key in PEM/,
    ],
    [{ GITHUB_APP_INSTALLATION_ID: "7" }, /GITHUB_APP_INSTALLATION_ID is set, but no GitHub App/],
    [{ GITHUB_API_URL: "api.github.com" }, /GITHUB_API_URL is not a URL/],
    [{ PUBLIC_URL: "ftp://slipway.example.com", GITHUB_WEBHOOK_SECRET: "s" }, /PUBLIC_URL is not a URL/],
    [{ PUBLIC_URL: "https://slipway.example.com" }, /GITHUB_WEBHOOK_SECRET is missing/],
    [{ SLACK_BOT_TOKEN: "xoxp-1" }, /SLACK_BOT_TOKEN is not a bot token/],
    [{ PORT: "http" }, /PORT is not a port/],
    [{ METRICS_PORT: "70000" }, /METRICS_PORT is not a port/],
    [{ BASE_DOMAIN: "Example.com" }, /BASE_DOMAIN is not a domain in lower case/],
    [{ ROUTE_SCHEME: "ftp" }, /ROUTE_SCHEME is neither http nor https/],
    [{ REGISTRY_PULL_USERNAME: "bot" }, /REGISTRY_PULL_TOKEN is missing/],
    [{ CLUSTERS: "a,b" }, /KUBECONFIG is missing/],
    [{ VANTAGES: "https://probe.example.com" }, /VANTAGE_SECRET is missing/],
    [{ VANTAGES: "globalpink" }, /VANTAGES: entry 1 is neither/],
    [{ LOG_LEVEL: "loud" }, /LOG_LEVEL is none of/],
  ])("refuses %j in one sentence", (change, sentence) => {
    expect(problemsOf({ ...least, ...change })).toEqual([expect.stringMatching(sentence)]);
  });

  it("never repeats a secret", () => {
    const message = problemsOf({
      ...least,
      SLACK_BOT_TOKEN: "hush-1",
      SLACK_APP_TOKEN: "hush-2",
      GITHUB_APP_ID: "1",
      GITHUB_APP_PRIVATE_KEY: "hush-3",
      VANTAGES: "globalping;hush-4",
      VANTAGE_SECRET: "hush-5",
    }).join("\n");
    expect(message.split("\n").length).toBeGreaterThan(4);
    expect(message).not.toContain("hush");
  });

  it.each([
    ["its lines", (key: string) => key],
    ["\\n in place of line ends", (key: string) => key.replaceAll("\n", "\\n")],
    ["base64", (key: string) => Buffer.from(key).toString("base64")],
  ])("reads an App's private key with %s", (_, write) => {
    const key = pem();
    const app = { GITHUB_TOKEN: undefined, GITHUB_APP_ID: "12", GITHUB_APP_INSTALLATION_ID: "34" };
    const { auth } = readConfig({ ...least, ...app, GITHUB_APP_PRIVATE_KEY: write(key) }).github;
    expect(auth).toEqual({ appId: "12", installationId: 34, privateKey: key.trim() });
  });

  it("reads vantages with their names", () => {
    const { vantages } = readConfig({
      ...least,
      VANTAGES: "globalping:tok, berlin=https://a.example.com/ http://10.0.0.1:8080",
      VANTAGE_SECRET: "0123456789abcdef",
    });
    expect(vantages).toEqual([
      { kind: "globalping", name: "globalping", token: "tok" },
      { kind: "agent", name: "berlin", url: "https://a.example.com" },
      { kind: "agent", name: "10.0.0.1", url: "http://10.0.0.1:8080" },
    ]);
  });
});

describe("docs/guide/configuration.md", () => {
  it("tells of every variable what config.ts knows of it (`npx vitest run test/config.test.ts -u` writes it)", async () => {
    await expect(page()).toMatchFileSnapshot("../docs/guide/configuration.md");
  });
});

function page(): string {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const empty = schema.safeParse(undefined);
    const standard = !empty.success ? "**needed**" : empty.data === undefined ? "" : `\`${empty.data}\``;
    return `| \`${name}\` | ${standard} | ${schema.description} |`;
  });
  return `# Configuration

The bot reads its environment once, at the start. Everything that is missing or contradictory is listed at once, in words, and the exit code is 78. An empty variable is one that is not set.

Needed besides: \`SLACK_APP_TOKEN\` (Socket Mode) or \`SLACK_SIGNING_SECRET\` (HTTP); a GitHub App (\`GITHUB_APP_ID\`, \`GITHUB_APP_PRIVATE_KEY\`) or \`GITHUB_TOKEN\`.

| name | default | meaning |
| --- | --- | --- |
${rows.join("\n")}

The outside probe (\`slipway vantage\`) reads \`VANTAGE_SECRET\` (needed, 16 characters or more), \`VANTAGE_PORTS\` (\`80,443\`), \`VANTAGE_ALLOW_PRIVATE\` (\`false\`) \`HOST\` (\`0.0.0.0\`) and \`PORT\` (\`3000\`) alone.
`;
}

function pem(): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs1", format: "pem" })
    .toString();
}
