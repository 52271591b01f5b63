import type { Params } from "../../project/params.ts";
import { own } from "../own.ts";
import { outcomes } from "./outcomes.ts";
import { reach } from "./reach.ts";

type Sentence = (params: Params) => string;

const times = (count: string | number | undefined, one: string) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

const said = (how: string, message: string | number | undefined) => (message ? `${how}: ${message}` : how);

/** What `/project doctor` and `slipway doctor` say. */
export const doctor = {
  /** Of what is looked at. */
  checks: {
    "api-server": "API server",
    watches: "Watches",
    rights: "Rights",
    leader: "Leader",
    slack: "Slack",
    github: "GitHub",
    limit: "GitHub's limit",
    registry: "Registry",
    flux: "Flux",
    "ingress-class": "Ingress class",
    issuer: "Issuer",
    role: "Tenant role",
    projects: "Projects",
    controllers: "Flux's controllers",
    webhooks: "Webhooks",
    vantages: "Outside",

    repository: "Repository",
    webhook: "Webhook",
    build: "Build",
    image: "Image",
    namespace: "Namespace",
    source: "GitRepository",
    kustomization: "Kustomization",
    pods: "Pods",
    ingress: "Ingress",
    certificate: "Certificate",
    reachable: "Reachable",
  } as Record<string, string>,

  lines: {
    NotLookedAt: (p) => `could not be looked at: ${p.detail}`,
    ApiServerAnswers: (p) => `Kubernetes ${p.version}, answers in ${p.milliseconds} ms`,
    WatchesInStep: (p) =>
      `${times(p.count, "kind")} in step, ${times(p.objects, "object")}; last word ${p.seconds} s ago`,
    RightsGranted: (p) => `all ${p.count} that were asked about are granted`,
    LeaderHolds: (p) =>
      `${p.holder} leads${p.here === "" ? "" : p.here === "itself" ? ", which is this replica" : `; this replica is ${p.here} and stands by`}`,
    SlackBySocket: (p) => `${p.user} in ${p.team}, by Socket Mode`,
    SlackByHttp: (p) => `${p.user} in ${p.team}; what people type comes over HTTP, which cannot be checked from here`,
    GitHubByApp: (p) => `${p.login}, installed on ${p.owner} with every permission`,
    GitHubByToken: (p) => `a token of ${p.login}'s with every scope; new repositories are ${p.owner}'s`,
    GitHubRightsUntold: (p) =>
      `a fine-grained token of ${p.login}'s: GitHub does not say what it may do, so a launch finds out`,
    LimitLeft: (p) => `${p.left} of ${p.of} requests left until ${p.until} UTC`,
    LimitUntold: () => "GitHub tells of none",
    RegistryAnswers: (p) => `${p.host} answers and takes the credentials`,
    FluxPresent: () => "the cluster serves its GitRepository and Kustomization",
    IngressClassPresent: (p) => `${p.class}`,
    IssuerPresent: (p) => `${p.issuer}`,
    IssuerUnused: () => "none, so routes are plain HTTP",
    RolePresent: () => "slipway-project is there",
    ProjectsRead: (p) => (p.count === 0 ? "none yet" : `${times(p.count, "Project")}, each of which can be read`),
    ControllersWork: (p) => `have looked at what they were given (${times(p.count, "object")})`,
    ControllersUnseen: () => "not known yet: whether they run shows with the first project",
    WebhooksUnused: () =>
      "no PUBLIC_URL, so GitHub cannot tell of a push, which is found by asking, usually within a minute",
    WebhooksReachUs: (p) => `${p.url} is reached from outside (${p.vantage})`,
    WebhooksUntried: (p) => `sent to ${p.url}; nobody could look from outside whether they get there`,
    OutsideUnwatched: () =>
      "nobody looks from there (VANTAGES is not set), so a port that is blocked from outside stays unknown",
    VantagesAnswer: (p) => `${p.names} would look`,

    NotMadeYet: () => "not there yet",
    RepositoryStands: (p) => `${p.repository}${p.sha ? `, at ${p.sha} “${p.title}”` : ""}`,
    RepositoryGone: (p) => `${p.repository} is gone from GitHub, or hidden from Slipway`,
    RepositoryMoved: (p) => `${p.repository} is ${p.now} now`,
    RepositoryArchived: (p) => `${p.repository} is archived, so nothing can be pushed`,
    WebhookNone: () => "none, so a push is found by asking, usually within a minute",
    WebhookUnused: () => "stands, and has sent nothing in the last days",
    WebhookAnswered: (p) => `${p.event}, the last that it sent, was answered ${p.status}`,
    BuildRuns: (p) => `run #${p.number} of ${p.sha}: ${p.status}`,
    BuildEnded: (p) => `run #${p.number} of ${p.sha}: ${p.status}`,
    ImageThere: (p) => `${p.tag} is in the registry`,
    ImageNotThere: (p) => `${p.tag} is not in the registry yet`,
    NamespaceStands: (p) => `${p.namespace}`,
    NamespaceGoes: (p) => `${p.namespace} is being removed`,
    FluxReady: (p) => said("ready", p.message),
    FluxNotReady: (p) => said("not ready", p.message),
    FluxSuspended: () => "suspended: it waits for the image, or somebody has stopped it",
    FluxUnseen: () => "Flux has not looked at it yet",
    PodsReady: (p) => `${p.ready} of ${p.count} ready`,
    IngressServed: (p) => `${p.host} → ${p.address}`,
    IngressUnserved: (p) => `${p.host}: no ingress controller has taken it up`,
    CertificateNone: () => "none: plain HTTP, or the ingress controller's own",
    CertificateStands: (p) => said("ready", p.message),
    CertificateNotReady: (p) => said("not ready", p.message),
    Answers: (p) => `${p.host}:${p.port} answers ${p.status} (from ${p.vantage})`,
    AnswersNot: (p) =>
      `${p.host}:${p.port} is not reached: ${own(reach, String(p.why)) ?? own(outcomes, String(p.outcome)) ?? p.outcome} (from ${p.vantage})`,
  } as Record<string, Sentence>,

  /** What a failure means where no launch stops at it; of the others the finding's own words will do. */
  impacts: {
    "rbac-missing": () => "What needs that right cannot be done.",
    "github-permission-missing": () => "What needs that permission stops where it is asked for.",
    "flux-missing": () => "Nothing can be launched.",
    "ingress-class-missing": () => "Nothing can be launched.",
    "cert-issuer-missing": () => "Nothing can be launched.",
    "tenant-role-missing": () => "Nothing can be launched, and Flux may not apply what is there.",
    "owner-unknown": () => "Launches that name no owner are refused.",
    "image-unauthorized": () => "Slipway cannot see whether an image is there, and nodes may not get it.",
    "image-registry-unreachable": () => "Slipway cannot see whether an image is there, so rollouts wait.",
    "slack-token-invalid": () => "Launches go on; nobody sees them in Slack, and no command arrives.",
    "github-rate-limited": () => "Launches wait and go on by themselves.",
  } as Record<string, Sentence>,

  whatToDo: "What to do:",
  /** Above the lines: how it stands. */
  title: (wrong: number, unknown: number) =>
    wrong === 0
      ? unknown === 0
        ? "The cluster and I are well"
        : `Nothing is wrong that I can see; ${unknown} unknown`
      : `${wrong === 1 ? "1 thing is" : `${wrong} things are`} wrong${unknown === 0 ? "" : `, ${unknown} unknown`}`,
  projectTitle: (name: string, wrong: number, unknown: number) =>
    wrong === 0
      ? unknown === 0
        ? `${name} is well`
        : `${name}: nothing is wrong that I can see; ${unknown} unknown`
      : `${name}: ${wrong === 1 ? "1 problem" : `${wrong} problems`}${unknown === 0 ? "" : `, ${unknown} unknown`}`,
  asOf: "Looked at just now,",
  changedNothing: "Nothing was changed.",
  launchSoFar: "The launch, as it was last written down:",
  seenNow: "What stands now:",
  going: (name: string) => `${name} is being removed, so there is nothing to judge.`,
  over: (title: string) => `Over: ${title}`,
  unjudged: (title: string, reason: string) => `${title}? That cannot be told now: ${reason}`,
  /** In a terminal. */
  noProject: (name: string, nearest: string | undefined) =>
    `There is no project ${name}.${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`,
  counted: (wrong: number) => (wrong === 0 ? "Nothing found." : wrong === 1 ? "1 finding." : `${wrong} findings.`),
};
