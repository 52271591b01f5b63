import type { FindingWords } from "../../words.ts";
import { outcomes } from "../outcomes.ts";

const age = (seconds: string | number | undefined) => {
  const s = Number(seconds);
  if (Number.isNaN(s)) return `${seconds} s`;
  return s < 120 ? `${s} s` : s < 7200 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
};

const BY_ASKING = () => "Pushes are found by asking, within five minutes. Nothing else is affected.";

/** What the doctor finds of Slipway itself and of what it stands on. */
export const health: Record<string, FindingWords> = {
  "watch-stale": {
    title: () => "Slipway does not see the cluster as it is",
    cause: (p) =>
      `${p.stale} of ${p.count} watches of the API server ${p.stale === 1 ? "is" : "are"} not in step, for ${age(p.seconds)}: ${p.kinds}.`,
    impact: () =>
      "Changes there are seen late: only when Slipway asks, if the API server answers at all. Running pods do not depend on this.",
    fix: () =>
      "It is tried again by itself. If it lasts: look at the API server, at what stands before it (a proxy that holds watches back, a firewall), and at Slipway's credentials. Of what is not installed: kubectl apply --server-side -k manifests.",
  },
  "leader-missing": {
    title: () => "No replica leads",
    cause: (p) =>
      p.holder
        ? `${p.holder} held the Lease slipway in ${p.namespace}, and has not renewed it for ${age(p.seconds)}.`
        : `Nobody holds the Lease slipway in ${p.namespace}.`,
    impact: () =>
      "Commands are accepted, but no launch continues and no thread is edited. Running pods do not depend on this.",
    fix: (p) =>
      `Look at Slipway's pods and their log: kubectl -n ${p.namespace} get pods; kubectl -n ${p.namespace} logs deployment/slipway.`,
  },
  "rights-missing": {
    title: () => "Slipway lacks rights in the cluster",
    cause: (p) => `Slipway's ServiceAccount may not: ${p.rights}.`,
    impact: () => "A launch, a removal or a look that needs them stops or waits there.",
    fix: () => "An operator runs kubectl apply --server-side -k manifests/base once more.",
  },
  "slack-socket-down": {
    title: () => "What people type in Slack does not arrive",
    cause: () => "Socket Mode, by which Slack passes on what people type, has no connection.",
    impact: () => "No command, button or form reaches this replica. Launches go on, and threads are edited.",
    fix: () =>
      "It is tried again by itself. If it lasts: an operator checks SLACK_APP_TOKEN (scope connections:write) and the way out to wss-primary.slack.com, port 443.",
  },
  "github-rights-missing": {
    title: () => "Slipway lacks rights on GitHub",
    cause: (p) => `${p.login} has not been granted: ${p.rights}.`,
    impact: () => "A launch or a removal that needs them stops there.",
    fix: (p) =>
      p.kind === "token"
        ? "An operator gives the token these scopes (GitHub, Settings, Developer settings, Personal access tokens)."
        : "An operator grants them on the App's page (Permissions & events), and an owner of the organisation accepts the change.",
  },
  "flux-silent": {
    title: () => "Flux's controllers do not work",
    cause: (p) => `The ${p.kind} ${p.object} was made ${p.minutes} min ago, and no controller has looked at it.`,
    impact: () => "Nothing is fetched, and nothing new is applied. What Flux applied before stays as it is.",
    fix: () => "An operator looks at source-controller and kustomize-controller: kubectl -n flux-system get pods.",
  },
  "public-url-unreachable": {
    title: () => "Webhooks do not get here",
    cause: (p) => `${p.url} does not answer from outside (${p.vantage}: ${outcomes[p.outcome ?? ""] ?? p.outcome}).`,
    impact: () =>
      "GitHub cannot tell of pushes, which are then found by asking, within five minutes; Slack over HTTP does not work.",
    fix: () => "An operator checks PUBLIC_URL, its DNS record, the port in the firewall, and the Ingress of the bot.",
  },
  "webhook-missing": {
    title: () => "The webhook is gone",
    cause: (p) => `Somebody removed the webhook that Slipway made in ${p.repository}.`,
    impact: BY_ASKING,
    fix: () =>
      "Make it again under Settings → Webhooks of the repository: to PUBLIC_URL/github/webhooks, application/json, with GITHUB_WEBHOOK_SECRET, for pushes, workflow runs, workflow jobs and registry packages.",
  },
  "webhook-secret-wrong": {
    title: () => "The webhook's secret does not match",
    cause: (p) => `What GitHub sends of ${p.repository} is not signed with GITHUB_WEBHOOK_SECRET, so it is refused.`,
    impact: BY_ASKING,
    fix: () =>
      "If GITHUB_WEBHOOK_SECRET was just changed, nothing: Slipway updates the webhook at its next look. Otherwise set the secret under Settings → Webhooks of the repository.",
  },
  "webhook-undelivered": {
    title: () => "A webhook did not arrive",
    cause: (p) => `What GitHub sent last of ${p.repository} was not taken.`,
    impact: BY_ASKING,
    fix: () =>
      "Look at its recent deliveries under Settings → Webhooks of the repository. Of all projects at once: an operator checks PUBLIC_URL, the Ingress of the bot and the firewall before it.",
  },
  "vantage-silent": {
    title: () => "A vantage outside does not answer",
    cause: (p) => `${p.names} would not look at anything now.`,
    impact: () => "What it would tell of projects, seen from outside, stays unknown.",
    fix: () =>
      "Look at the agent: it must run, its port must answer from here, and VANTAGE_SECRET must be the same there.",
  },
};
