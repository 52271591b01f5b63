import type { health as codes } from "../../../project/finding-params/health.ts";
import type { FindingsWords } from "../../words.ts";
import { outcomes } from "../outcomes.ts";
import { times } from "../slack/times.ts";

/** The documentation has a placeholder there. */
const age = (seconds: number | string | undefined) =>
  typeof seconds === "number" ? times.duration(seconds) : `${seconds}`;

const BY_ASKING = () => "Slipway finds pushes by polling, within 5 min. Nothing else is affected.";

/** What the doctor finds of Slipway itself and of what it stands on. */
export const health: FindingsWords<keyof typeof codes> = {
  "watch-stale": {
    title: () => "Slipway sees an outdated state of the cluster",
    cause: (p) =>
      `${p.stale} of ${p.count} watches of the API server ${p.stale === 1 ? "has" : "have"} been out of sync for ${age(p.seconds)}: ${p.kinds}.`,
    impact: () =>
      "Slipway sees changes late, and only while the API server answers its other requests. Running pods do not depend on this.",
    fix: () =>
      "Slipway tries again by itself. If this lasts, an operator checks the API server, what is in front of it (a proxy that buffers watches, a firewall) and Slipway's credentials. What is not installed comes with kubectl apply --server-side -k manifests.",
  },
  "leader-missing": {
    title: () => "No replica of Slipway is the leader",
    cause: (p) =>
      p.holder
        ? `${p.holder} holds the Lease slipway in ${p.namespace} but has not renewed it for ${age(p.seconds)}.`
        : `Nobody holds the Lease slipway in ${p.namespace}.`,
    impact: () =>
      "Slipway accepts commands, but launches do not continue and threads are not updated. Running pods do not depend on this.",
    fix: (p) =>
      `An operator checks Slipway's pods and their log: kubectl -n ${p.namespace} get pods; kubectl -n ${p.namespace} logs deployment/slipway.`,
  },
  "rights-missing": {
    title: () => "Slipway lacks permissions in the cluster",
    cause: (p) => `Slipway's ServiceAccount may not: ${p.rights}.`,
    impact: () => "Whatever needs one of them stops or waits.",
    fix: () => "An operator runs kubectl apply --server-side -k manifests/base.",
  },
  "access-file-wrong": {
    title: () => "The access file cannot be used",
    cause: (p) => `Slipway cannot use ACCESS_FILE, ${p.file}.`,
    impact: () => "The rules that Slipway read before still apply. Changes made since do not.",
    fix: () =>
      "An operator corrects the line above. Slipway reads the file again by itself; a changed ConfigMap takes a minute or two to reach the pods. If the file does not exist, check the ConfigMap slipway-files.",
  },
  "slack-socket-down": {
    title: () => "Slipway does not receive what people type in Slack",
    cause: () => "The Socket Mode connection to Slack is down.",
    impact: () => "No command, button or form reaches this replica. Launches continue, and threads are updated.",
    fix: () =>
      "Slipway tries again by itself. If this lasts, an operator checks SLACK_APP_TOKEN (scope connections:write) and that the cluster can reach wss-primary.slack.com on port 443.",
  },
  "github-rights-missing": {
    title: () => "Slipway lacks permissions on GitHub",
    cause: (p) => `${p.login} lacks ${p.rights}.`,
    impact: () => "Launches and deletions that need them stop.",
    fix: (p) =>
      p.kind === "token"
        ? "An operator adds these scopes to the token: GitHub → Settings → Developer settings → Personal access tokens."
        : "An operator grants them on the App's page under Permissions & events, and an owner of the organisation accepts the change.",
  },
  "flux-silent": {
    title: () => "Flux's controllers do nothing",
    cause: (p) => `The ${p.kind} ${p.object} was created ${p.minutes} min ago, and no controller has processed it.`,
    impact: () => "Flux fetches and applies nothing new. It does not change what it applied before.",
    fix: () => "An operator checks source-controller and kustomize-controller: kubectl -n flux-system get pods.",
  },
  "public-url-unreachable": {
    title: () => "Webhooks do not reach Slipway",
    cause: (p) => `${p.url} does not answer from outside (${p.vantage}: ${outcomes[p.outcome ?? ""] ?? p.outcome}).`,
    impact: () =>
      "GitHub cannot report pushes, so Slipway finds them by polling, within 5 min. Slack over HTTP does not work.",
    fix: () => "An operator checks PUBLIC_URL, its DNS record, the firewall and Slipway's Ingress.",
  },
  "webhook-missing": {
    title: () => "The webhook is gone",
    cause: (p) => `Someone removed Slipway's webhook from ${p.repository}.`,
    impact: BY_ASKING,
    fix: () =>
      "Nothing for now: Slipway creates it again at its next check. If GitHub refuses, Slipway tries again every six hours, and an operator checks that Slipway may read and write the repository's webhooks.",
  },
  "webhook-secret-wrong": {
    title: () => "The webhook's secret does not match",
    cause: (p) =>
      `GitHub's webhooks for ${p.repository} are not signed with GITHUB_WEBHOOK_SECRET, so Slipway rejects them.`,
    impact: BY_ASKING,
    fix: () =>
      "Nothing for now: Slipway sets the secret again at its next check, and every six hours while GitHub's webhooks are rejected. If this lasts, an operator checks that every replica has the same GITHUB_WEBHOOK_SECRET, and that no proxy in front of Slipway asks for a password at PUBLIC_URL.",
  },
  "webhook-undelivered": {
    title: () => "A webhook did not arrive",
    cause: (p) => `GitHub could not deliver its last webhook for ${p.repository}.`,
    impact: BY_ASKING,
    fix: () =>
      "Check the recent deliveries under Settings → Webhooks of the repository. If it happens to all projects, an operator checks PUBLIC_URL, Slipway's Ingress and the firewall in front of it. It ends with the next delivery that succeeds: a push, or the ping that Slipway requests every six hours.",
  },
  "vantage-silent": {
    title: () => "An outside vantage point does not answer",
    cause: (p) => `${p.names} cannot check anything now.`,
    impact: () => "Slipway cannot tell whether projects can be reached from there.",
    fix: () =>
      "An operator checks that the agent runs, that Slipway can reach its port, and that both have the same VANTAGE_SECRET.",
  },
};
