import type { KubeObject } from "../../src/project/ports/cluster.ts";

/** A Project and its world at one moment, as scripts/record-projects.ts has kept them from a real cluster. */
export interface RecordedProject {
  recorded: Record<string, string>;
  note: string;
  /** When. */
  at: string;
  /** As `kubectl get` shows it. */
  project: KubeObject;
  /** Of its threads, as conversations.history and conversations.replies have them, oldest first. */
  messages: RecordedMessage[];
  /** What stands in its namespaces; of managedFields only what Slipway owns. */
  objects: KubeObject[];
  github: RecordedGitHub;
  /** Of the branch: what Flux applies, by path. */
  files: Record<string, string>;
  /** Which files each commit changed. */
  changed: Record<string, string[]>;
}

export interface RecordedMessage {
  channel: string;
  ts: string;
  thread_ts?: string;
  subtype?: string;
  text: string;
  blocks?: unknown[];
  metadata: { event_type: string; event_payload: { project: string; uid: string; key: string } };
}

/** As its REST API answers, the addresses of further answers left out. */
export interface RecordedGitHub {
  /** Undefined: there is none. */
  repository?: {
    id: number;
    name: string;
    owner: { login: string };
    html_url: string;
    clone_url: string;
    default_branch: string;
    private: boolean;
    description: string | null;
    topics: string[];
    created_at: string;
    archived: boolean;
  };
  /** Of the default branch, newest first. */
  commits: {
    sha: string;
    commit: { message: string; author: { name: string }; committer: { date: string } };
    html_url: string;
    parents: { sha: string }[];
  }[];
  /** Newest first. */
  runs: {
    id: number;
    name: string;
    path: string;
    run_number: number;
    run_attempt: number;
    head_sha: string;
    head_branch: string;
    event: string;
    status: string;
    conclusion: string | null;
    html_url: string;
    created_at: string;
    run_started_at: string;
    updated_at: string;
  }[];
  jobs: {
    id: number;
    run_id: number;
    name: string;
    status: string;
    conclusion: string | null;
    html_url: string;
    started_at: string | null;
    completed_at: string | null;
    steps: { name: string; number: number; status: string; conclusion: string | null }[];
  }[];
  /** `<image>:<tag>`. */
  images: string[];
}
