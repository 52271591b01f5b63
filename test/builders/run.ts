import type { WorkflowJob, WorkflowRun } from "../../src/project/ports/github.ts";
import { NOW } from "./project.ts";

export const SHA = "3f2a91c0aa11bb22cc33dd44ee55ff6677889900";

/** A workflow run of the first commit, under way. */
export function run(given: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: 101,
    number: 1,
    attempt: 1,
    sha: SHA,
    branch: "main",
    event: "push",
    name: "build",
    status: "in_progress",
    conclusion: null,
    url: "https://github.com/acme/rrr/actions/runs/101",
    createdAt: NOW,
    startedAt: NOW,
    updatedAt: NOW,
    ...given,
  };
}

export function job(given: Partial<WorkflowJob> = {}): WorkflowJob {
  return {
    id: 201,
    runId: 101,
    name: "image",
    status: "in_progress",
    conclusion: null,
    url: "https://github.com/acme/rrr/actions/runs/101/job/201",
    startedAt: NOW,
    completedAt: null,
    steps: [
      { name: "checkout", number: 1, status: "completed", conclusion: "success" },
      { name: "docker build", number: 2, status: "in_progress", conclusion: null },
      { name: "push", number: 3, status: "queued", conclusion: null },
    ],
    ...given,
  };
}
