import type { KubernetesObject } from "@kubernetes/client-node";
import type { Octokit } from "@octokit/rest";
import type { Control } from "../../src/sandbox/cluster/controllers/control.ts";
import type { Store } from "../../src/sandbox/cluster/store.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Application } from "./application.ts";
import type { Reading } from "./reading.ts";

/** People at work on one sandbox: they type in Slack, push with git, change the cluster, and read what they are told. */
export interface Team {
  sandbox: Sandbox;
  store: Store;
  control: Control;
  octokit: Octokit;
  reading: Reading;
  /** `/project create`, in a channel of its own, and no waiting. */
  create(name: string, words?: string): Promise<Application>;
  /** The same, until it is live. */
  launch(name: string, words?: string): Promise<Application>;
  /** A merge patch by `manager`, as kubectl and the flux command send them: what it changed is kept in managedFields. */
  patch(manager: string, object: KubernetesObject): Promise<void>;
  /** What the one who types a command is answered, as lines of text. */
  ask(channel: string, command: string): Promise<string>;
  close(): Promise<void>;
}
