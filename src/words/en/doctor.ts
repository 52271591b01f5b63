import type { FindingCode } from "../../project/finding-params/index.ts";
import type { DoctorCheck, DoctorReason } from "../../project/look-reason.ts";
import type { Params } from "../../project/params.ts";
import { own } from "../own.ts";
import { unreadSaid } from "../unread-said.ts";
import { outcomes } from "./outcomes.ts";
import { reach } from "./reach.ts";
import { unread } from "./unread.ts";

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
    access: "Access",
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
  } satisfies Record<DoctorCheck, string>,

  lines: {
    NotLookedAt: (p) => `not checked: ${unreadSaid(p, unread)}`,
    ApiServerAnswers: (p) => `Kubernetes ${p.version}, answers in ${p.milliseconds} ms`,
    WatchesInStep: (p) =>
      `${times(p.count, "kind")} in sync, ${times(p.objects, "object")}; last update ${p.seconds} s ago`,
    RightsGranted: (p) => `all ${p.count} permissions are granted`,
    LeaderHolds: (p) =>
      p.here === ""
        ? `${p.holder} leads`
        : p.here === "itself"
          ? `${p.holder} leads (this replica)`
          : `${p.holder} leads; this replica, ${p.here}, is on standby`,
    SlackBySocket: (p) => `${p.user} in ${p.team}, by Socket Mode`,
    SlackByHttp: (p) => `${p.user} in ${p.team}; by HTTP, which Slipway cannot check`,
    AccessOpen: () => "ACCESS_FILE is not set: everybody may launch, and remove what they launched",
    AccessRead: (p) => `${p.file}, ${times(p.count, "rule")}`,
    GitHubByApp: (p) => `${p.login}, installed on ${p.owner} with every permission`,
    GitHubByToken: (p) => `${p.login}'s token with every scope; new repositories belong to ${p.owner}`,
    GitHubRightsUntold: (p) =>
      `${p.login}'s fine-grained token: GitHub does not list its permissions, so Slipway checks them during a launch`,
    LimitLeft: (p) => `${p.left} of ${p.of} requests left until ${p.until} UTC`,
    LimitUntold: () => "GitHub sets no limit",
    RegistryAnswers: (p) => `${p.host} answers and accepts the credentials`,
    FluxPresent: () => "GitRepository and Kustomization are installed",
    IngressClassPresent: (p) => `${p.class}`,
    IssuerPresent: (p) => `${p.issuer}`,
    IssuerUnused: () => "none, so routes use plain HTTP",
    RolePresent: () => "slipway-project exists",
    ProjectsRead: (p) => (p.count === 0 ? "none yet" : `${times(p.count, "Project")}, all valid`),
    ControllersWork: (p) => `have processed ${times(p.count, "object")}`,
    ControllersUnseen: () => "not known until the first project exists",
    WebhooksUnused: () => "PUBLIC_URL is not set, so Slipway finds pushes by polling, usually within 1 min",
    WebhooksReachUs: (p) => `${p.url} can be reached from outside (${p.vantage})`,
    WebhooksUntried: (p) => `GitHub sends them to ${p.url}; not checked from outside`,
    OutsideUnwatched: () => "VANTAGES is not set, so Slipway cannot tell whether ports are blocked from outside",
    VantagesAnswer: (p) => `${p.names} can check`,

    NotMadeYet: () => "does not exist yet",
    RepositoryStands: (p) => `${p.repository}${p.sha ? `, at ${p.sha} “${p.title}”` : ""}`,
    RepositoryGone: (p) => `${p.repository} is gone from GitHub, or Slipway has no access to it`,
    RepositoryMoved: (p) => `${p.repository} is now called ${p.now}`,
    RepositoryArchived: (p) => `${p.repository} is archived, so nobody can push`,
    WebhookNone: () => "none, so Slipway finds pushes by polling, usually within 1 min",
    WebhookUnused: () => "exists, but has sent nothing for days",
    WebhookGone: () => "does not exist any more",
    WebhookAnswered: (p) =>
      p.status === 0
        ? `its last event, ${p.event}, got no answer`
        : `its last event, ${p.event}, was answered with ${p.status}`,
    BuildRuns: (p) => `run #${p.number} of ${p.sha}: ${p.status}`,
    BuildEnded: (p) => `run #${p.number} of ${p.sha}: ${p.status}`,
    ImageThere: (p) => `${p.tag} is in the registry`,
    ImageNotThere: (p) => `${p.tag} is not in the registry yet`,
    NamespaceStands: (p) => `${p.namespace}`,
    NamespaceGoes: (p) => `${p.namespace} is being deleted`,
    FluxReady: (p) => said("ready", p.message),
    FluxNotReady: (p) => said("not ready", p.message),
    FluxSuspended: () => "suspended: it waits for the image, or someone suspended it",
    FluxUnseen: () => "Flux has not processed it yet",
    PodsReady: (p) => `${p.ready} of ${p.count} ready`,
    IngressServed: (p) => `${p.host} → ${p.address}`,
    IngressUnserved: (p) => `${p.host}: no ingress controller serves it yet`,
    CertificateNone: () => "none: plain HTTP, or the ingress controller's default",
    CertificateStands: (p) => said("ready", p.message),
    CertificateNotReady: (p) => said("not ready", p.message),
    Answers: (p) => `${p.host}:${p.port} answers ${p.status} (from ${p.vantage})`,
    AnswersNot: (p) =>
      `${p.host}:${p.port} cannot be reached: ${own(reach, String(p.why)) ?? own(outcomes, String(p.outcome)) ?? p.outcome} (from ${p.vantage})`,
  } satisfies Record<DoctorReason, Sentence>,

  /** What a failure means where no launch stops at it; of the others the finding's own words will do. */
  impacts: {
    "rbac-missing": () => "Whatever needs that permission fails.",
    "github-permission-missing": () => "Whatever needs that permission stops.",
    "flux-missing": () => "Nothing can be launched.",
    "ingress-class-missing": () => "Nothing can be launched.",
    "cert-issuer-missing": () => "Nothing can be launched.",
    "tenant-role-missing": () => "Nothing can be launched, and Flux cannot apply existing projects.",
    "owner-unknown": () => "Launches without an owner fail.",
    "image-unauthorized": () => "Slipway cannot see whether an image exists, and nodes may fail to pull it.",
    "image-registry-unreachable": () => "Slipway cannot see whether an image exists, so rollouts wait.",
    "slack-token-invalid": () => "Launches continue, but nobody sees them in Slack, and no command arrives.",
    "github-rate-limited": () => "Launches wait and continue by themselves.",
  } satisfies Partial<Record<FindingCode, Sentence>>,

  whatToDo: "What to do:",
  /** Above the lines: how it stands. */
  title: (wrong: number, unknown: number) =>
    wrong === 0
      ? unknown === 0
        ? "The cluster and I are well"
        : `I found no problems; ${unknown} unknown`
      : `${wrong === 1 ? "1 problem" : `${wrong} problems`}${unknown === 0 ? "" : `, ${unknown} unknown`}`,
  projectTitle: (name: string, wrong: number, unknown: number) =>
    wrong === 0
      ? unknown === 0
        ? `${name} is well`
        : `${name}: no problems found; ${unknown} unknown`
      : `${name}: ${wrong === 1 ? "1 problem" : `${wrong} problems`}${unknown === 0 ? "" : `, ${unknown} unknown`}`,
  asOf: "Checked just now,",
  changedNothing: "Nothing was changed.",
  launchSoFar: "The launch, as last recorded:",
  seenNow: "What exists now:",
  going: (name: string) => `${name} is being removed, so there is nothing to check.`,
  over: (title: string) => `Resolved: ${title}`,
  unjudged: (title: string, reason: string) => `${title}? Unknown: ${reason}`,
  /** In a terminal. */
  noProject: (name: string, nearest: string | undefined) =>
    `There is no project ${name}.${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`,
  counted: (wrong: number) => (wrong === 0 ? "Nothing found." : wrong === 1 ? "1 finding." : `${wrong} findings.`),
};
