import type { environment } from "./environment.ts";

type Given = Partial<Record<keyof typeof environment.shape, string>>;

/** What no single variable can be blamed for. */
export function contradictions(given: Given): string[] {
  const problems: string[] = [];
  const app = given.GITHUB_APP_ID !== undefined || given.GITHUB_APP_PRIVATE_KEY !== undefined;

  if (given.SLACK_APP_TOKEN === undefined && given.SLACK_SIGNING_SECRET === undefined) {
    problems.push(
      "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both missing: the first for Socket Mode, the second for HTTP",
    );
  }
  if (app && given.GITHUB_TOKEN !== undefined) {
    problems.push(
      "GITHUB_APP_ID and GITHUB_TOKEN are both set: give the App or the token, so that it is clear who acts",
    );
  } else if (!app && given.GITHUB_TOKEN === undefined) {
    problems.push("GitHub's credentials are missing: GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY, or GITHUB_TOKEN");
  }
  if (given.GITHUB_APP_ID !== undefined && given.GITHUB_APP_PRIVATE_KEY === undefined) {
    problems.push("GITHUB_APP_PRIVATE_KEY is missing, GITHUB_APP_ID is set");
  }
  if (given.GITHUB_APP_ID === undefined && given.GITHUB_APP_PRIVATE_KEY !== undefined) {
    problems.push("GITHUB_APP_ID is missing, GITHUB_APP_PRIVATE_KEY is set");
  }
  if (given.GITHUB_APP_INSTALLATION_ID !== undefined && !app) {
    problems.push("GITHUB_APP_INSTALLATION_ID is set, but no GitHub App is");
  }
  if (given.PUBLIC_URL !== undefined && given.GITHUB_WEBHOOK_SECRET === undefined) {
    problems.push("GITHUB_WEBHOOK_SECRET is missing: with PUBLIC_URL repositories get a webhook, which must be signed");
  }
  if ((given.REGISTRY_PULL_USERNAME === undefined) !== (given.REGISTRY_PULL_TOKEN === undefined)) {
    const missing = given.REGISTRY_PULL_TOKEN === undefined ? "REGISTRY_PULL_TOKEN" : "REGISTRY_PULL_USERNAME";
    problems.push(`${missing} is missing: a pull secret needs the username and the token`);
  }
  if (given.CLUSTERS !== undefined && given.KUBECONFIG === undefined) {
    problems.push("CLUSTERS names contexts of a kubeconfig, but KUBECONFIG is missing");
  }
  if (/https?:\/\//.test(given.VANTAGES ?? "") && given.VANTAGE_SECRET === undefined) {
    problems.push("VANTAGE_SECRET is missing: the agents in VANTAGES answer only who knows it");
  }
  return problems;
}
