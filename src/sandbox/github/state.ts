import type { Access } from "./access.ts";
import type { Principal } from "./principal.ts";

/** Everything the sandbox's GitHub knows besides git objects and registry blobs: plain data, so that it can be kept in a file. */
export interface State {
  sequence: number;
  credentials: { token: string; pullToken: string };
  accounts: Account[];
  repositories: Repository[];
  /** Names that repositories had before, and nobody has taken since. */
  formerNames: FormerName[];
  hooks: Hook[];
  environments: Environment[];
  workflows: Workflow[];
  runs: Run[];
  jobs: Job[];
  packages: Package[];
  tokens: Record<string, Principal>;
  installationPermissions: Record<string, Access>;
}

export interface Account {
  id: number;
  login: string;
  type: "Organization" | "User";
  name: string;
  createdAt: string;
}

export interface Repository {
  id: number;
  owner: string;
  name: string;
  description: string | null;
  homepage: string | null;
  private: boolean;
  defaultBranch: string;
  topics: string[];
  isTemplate: boolean;
  archived: boolean;
  features: { issues: boolean; projects: boolean; wiki: boolean };
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
  /** Nothing has been pushed yet. */
  empty: boolean;
  actions: {
    enabled: boolean;
    allowed: "all" | "local_only" | "selected";
    defaultPermissions: "read" | "write";
    canApprove: boolean;
  };
}

export interface FormerName {
  owner: string;
  name: string;
  repositoryId: number;
}

export interface Hook {
  id: number;
  repositoryId: number;
  active: boolean;
  events: string[];
  config: { url: string; contentType: "json" | "form"; insecureSsl: string; secret?: string };
  createdAt: string;
  updatedAt: string;
  lastResponse: { code: number | null; status: string; message: string | null };
  deliveries: Delivery[];
}

/** What jobs may deploy to. */
export interface Environment {
  id: number;
  repositoryId: number;
  name: string;
  /** Logins, one of whom has to approve. */
  reviewers: string[];
  createdAt: string;
  updatedAt: string;
}

export interface Delivery {
  id: number;
  guid: string;
  deliveredAt: string;
  redelivery: boolean;
  /** Seconds, as GitHub reports it. */
  duration: number;
  status: string;
  statusCode: number;
  event: string;
  action: string | null;
  repositoryId: number;
  request: { headers: Record<string, string>; payload: Record<string, unknown> };
  response: { headers: Record<string, string>; payload: string };
}

export interface Workflow {
  id: number;
  repositoryId: number;
  name: string;
  path: string;
  state: "active" | "disabled_manually";
  createdAt: string;
  updatedAt: string;
  runs: number;
}

/** `pending` waits for its concurrency group, `waiting` for an environment's reviewers. */
export type RunStatus = "queued" | "pending" | "waiting" | "in_progress" | "completed";
export type Conclusion =
  | "success"
  | "failure"
  | "cancelled"
  | "skipped"
  | "action_required"
  | "neutral"
  | "stale"
  | "startup_failure"
  | "timed_out"
  | null;

export interface Run {
  id: number;
  repositoryId: number;
  workflowId: number;
  checkSuiteId: number;
  number: number;
  attempt: number;
  event: "push" | "workflow_dispatch";
  status: RunStatus;
  conclusion: Conclusion;
  /** How it is said to end, whatever its jobs say. */
  planned: Conclusion;
  ref: string;
  headBranch: string;
  headSha: string;
  title: string;
  head: { tree: string; message: string; timestamp: string; author: NameAndEmail; committer: NameAndEmail };
  actor: string;
  triggeringActor: string;
  inputs: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  startedAt: string;
}

interface NameAndEmail {
  name: string;
  email: string;
}

export interface Job {
  id: number;
  runId: number;
  attempt: number;
  /** The key under `jobs:`; matrix jobs share it. */
  key: string;
  matrix: Record<string, string | number | boolean>;
  name: string;
  status: RunStatus;
  conclusion: Conclusion;
  createdAt: string;
  startedAt: string;
  completedAt: string | null;
  runner: string | null;
  labels: string[];
  /** The environment that it deploys to. */
  environment: string | null;
  steps: Step[];
  outputs: Record<string, string>;
  log: string[];
}

export interface Step {
  number: number;
  name: string;
  status: RunStatus;
  conclusion: Conclusion;
  startedAt: string | null;
  completedAt: string | null;
}

export interface Package {
  id: number;
  owner: string;
  name: string;
  visibility: "public" | "private";
  /** The repository whose workflow pushed first, or whose address is in the image's source label. */
  repositoryId: number | null;
  createdAt: string;
  updatedAt: string;
  versions: PackageVersion[];
}

export interface PackageVersion {
  id: number;
  digest: string;
  mediaType: string;
  size: number;
  tags: string[];
  createdAt: string;
  updatedAt: string;
}

export function createState(): State {
  return {
    sequence: 1000,
    credentials: { token: "", pullToken: "" },
    accounts: [],
    repositories: [],
    formerNames: [],
    hooks: [],
    environments: [],
    workflows: [],
    runs: [],
    jobs: [],
    packages: [],
    tokens: {},
    installationPermissions: {},
  };
}
