/** What Slipway asks of GitHub. Implemented in src/github; failures are `Problem`s (src/project/problem.ts). */
export interface GitHub {
  /** Who the credentials are with that owner, and what they may do; for the doctor. */
  standing(owner: string): Promise<Standing>;
  /** `undefined`: no such owner. */
  owner(login: string): Promise<{ login: string; kind: "organization" | "user" } | undefined>;
  /** What that name leads to: GitHub follows a rename, so that its own name may be another. `undefined`: none, or not readable. */
  repository(owner: string, name: string): Promise<Repository | undefined>;
  /** Where a repository is that is known by its number, which it keeps through renames and transfers. */
  locate(at: RepositoryName, id: number): Promise<Whereabouts>;
  /** Empty but for its first commit, so that the git data API works at once (an empty repository answers 409). */
  createRepository(wanted: NewRepository): Promise<Repository>;
  /** Description and topics; only what differs from what stands is sent. */
  describeRepository(standing: Repository, wanted: { description: string; topics: string[] }): Promise<void>;
  deleteRepository(at: RepositoryName): Promise<void>;
  /** Puts `files` in place of GitHub's own first commit, as one commit on top of it; never forced. Returns its sha; the same files twice give one commit. */
  pushFirstCommit(
    at: RepositoryName,
    commit: { branch: string; message: string; files: CommitFile[] },
  ): Promise<{ sha: string }>;
  commit(at: RepositoryName, ref: string): Promise<Commit | undefined>;
  /** Actions allowed, and the workflow token's default permissions; only what differs is sent. */
  allowActions(at: RepositoryName): Promise<void>;
  /** Makes or repairs the one webhook of ours. `pinged`: a ping of it arrived and was answered. */
  ensureWebhook(at: RepositoryName, hook: WantedWebhook): Promise<{ id: number; pinged: boolean }>;
  deleteWebhook(at: RepositoryName, id: number): Promise<void>;
  /** What a webhook sent last; `none`: nothing lately; `gone`: there is no such webhook. */
  lastDelivery(at: RepositoryName, id: number): Promise<Delivery | "none" | "gone">;
  /** Runs of one workflow (its file in .github/workflows) for one commit, all of them, newest first; none where there is no such workflow. */
  runs(at: RepositoryName, of: { workflow: string; sha: string }): Promise<WorkflowRun[]>;
  workflow(at: RepositoryName, file: string): Promise<WorkflowState>;
  /** The commit and its first parents, nearest first, `limit` at most; none where GitHub does not know the commit. */
  lineage(at: RepositoryName, sha: string, limit: number): Promise<string[]>;
  /** Paths that differ between two commits; GitHub tells 300 at most, of more `undefined`. */
  changes(at: RepositoryName, base: string, head: string): Promise<string[] | undefined>;
  /** What Flux would apply of that commit; undefined: no such commit or no `k8s/` in it. */
  manifests(at: RepositoryName, sha: string): Promise<Manifests | undefined>;
  jobs(at: RepositoryName, runId: number): Promise<WorkflowJob[]>;
  /** The last `lines` lines of the job's log (of the failed step where it can be told), secrets masked. */
  jobLog(at: RepositoryName, jobId: number, lines: number): Promise<string[]>;
  rerunFailedJobs(at: RepositoryName, runId: number): Promise<void>;
  cancelRun(at: RepositoryName, runId: number): Promise<void>;
  /** Container packages of the repository, so that undo removes them too. Absent is fine. */
  deletePackage(owner: string, name: string): Promise<void>;
  /**
   * A credential that can clone this repository and nothing else, where the App can make one. By its number, since what
   * was given for an earlier one of the same name does not read it.
   */
  cloneCredential(
    at: RepositoryName & { id: number },
  ): Promise<{ username: string; password: string; expiresAt?: Date }>;
  /** Forgets what was read of a repository, because a webhook said that it changed. */
  invalidate(at: RepositoryName): void;
}

export interface Standing {
  login: string;
  kind: "app" | "token";
  /** Permissions or scopes that Slipway needs and the credentials lack; undefined: GitHub does not say. */
  missing: string[] | undefined;
  /** Requests left until then; undefined: unlimited, or not told. */
  limit: { left: number; of: number; resetsAt: Date } | undefined;
}

export interface WantedWebhook {
  url: string;
  secret: string;
  events: readonly string[];
  /** How one of ours that stands is known beside its URL, which may have been another: by its id, or by the URLs it may have. */
  before?: { id?: number; urls: readonly string[] };
  /** What it sent last was not taken: what stands is written and pinged anew, however right it looks. */
  doubted?: boolean;
}

export interface Delivery {
  event: string;
  /** HTTP status of the answer; where there was none GitHub has one of its own, 502 for instance. */
  status: number;
  at: Date;
}

export interface RepositoryName {
  owner: string;
  name: string;
}

export interface NewRepository extends RepositoryName {
  visibility: "public" | "private";
  description: string;
}

export interface Repository extends RepositoryName {
  id: number;
  url: string;
  cloneUrl: string;
  defaultBranch: string;
  visibility: "public" | "private";
  description: string;
  topics: string[];
  createdAt: Date;
  archived: boolean;
}

/** What has become of a repository. GitHub does not tell one that was deleted from one that may not be read any more. */
export type Whereabouts =
  | { state: "here" | "archived"; repository: Repository }
  /** Renamed or transferred; `other`: another repository has its old name. */
  | { state: "moved"; repository: Repository; other?: Repository }
  | { state: "gone"; other?: Repository };

export interface CommitFile {
  path: string;
  content: string | Uint8Array;
  mode: "100644" | "100755";
}

export interface Commit {
  sha: string;
  /** First line of the message; untrusted text. */
  title: string;
  author: string;
  /** As git has it; untrusted text. */
  authorEmail?: string;
  url: string;
  at: Date;
  parents: string[];
  /** Its message asks for no workflow runs. */
  skipsWorkflows?: true;
}

/** `missing`: no such file on the default branch. https://docs.github.com/en/rest/actions/workflows#get-a-workflow */
export type WorkflowState = "active" | "disabled" | "missing";

export interface Manifests {
  /** Of `k8s/`: the same tree is the same manifests. */
  tree: string;
  /** Something in it refers to what lies outside, so that the same tree may be other manifests. */
  reachesOut: boolean;
}

export interface WorkflowRun {
  id: number;
  number: number;
  attempt: number;
  sha: string;
  branch: string;
  event: string;
  name: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: string | null;
  url: string;
  createdAt: Date;
  startedAt: Date;
  updatedAt: Date;
}

export interface WorkflowJob {
  id: number;
  runId: number;
  name: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: string | null;
  url: string;
  startedAt: Date | null;
  completedAt: Date | null;
  steps: { name: string; number: number; status: string; conclusion: string | null }[];
}
