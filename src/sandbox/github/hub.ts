import type { KeyObject } from "node:crypto";
import type { World } from "../shared/world.ts";
import type { Actions } from "./actions/actions.ts";
import type { Faults } from "./faults.ts";
import type { Repository, State } from "./state.ts";

/** What the pieces of the sandbox's GitHub share. */
export interface Hub {
  world: World;
  state: State;
  faults: Faults;
  dataDir: string;
  /** The organisation that owns new repositories. */
  owner: string;
  /** The person behind the personal access token. */
  person: string;
  app: { id: number; slug: string; installationId: number; publicKey: KeyObject };
  /** Known once the servers listen. */
  address: { api: string; server: string; registry: string; registryLocal: string };
  /** How images are named, whatever the registry's own address. */
  registryHost: string;
  nextId(): number;
  now(): string;
  /** A ref of a repository has moved, by whatever way it came. */
  refChanged(change: RefChange): Promise<void>;
  emit(event: HookEvent): void;
  /** Work that goes on after an answer; `close` ends it. */
  background(work: (signal: AbortSignal) => Promise<void>): void;
  closing: AbortSignal;
  actions: Actions;
}

export interface RefChange {
  repository: Repository;
  ref: string;
  before: string;
  after: string;
  actor: string;
  /** Pushed with a workflow's GITHUB_TOKEN: starts no other workflow. https://docs.github.com/en/actions/security-for-github-actions/security-guides/automatic-token-authentication#using-the-github_token-in-a-workflow */
  byWorkflow: boolean;
}

export interface HookEvent {
  repository: Repository;
  event: string;
  action: string | null;
  payload: Record<string, unknown>;
}

export const NO_COMMIT = "0".repeat(40);
