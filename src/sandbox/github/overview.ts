import type { Hub } from "./hub.ts";
import type { Conclusion, RunStatus } from "./state.ts";

/** What the console's drawer shows of GitHub: plain JSON. */
export interface GitHubOverview {
  repositories: {
    fullName: string;
    url: string;
    private: boolean;
    pushedAt: string;
    hooks: { id: number; url: string; events: string[]; lastStatus: string }[];
    runs: {
      id: number;
      number: number;
      attempt: number;
      title: string;
      url: string;
      status: RunStatus;
      conclusion: Conclusion;
      createdAt: string;
      updatedAt: string;
      jobs: { name: string; status: RunStatus; conclusion: Conclusion; step: string | null }[];
    }[];
    images: { name: string; tags: string[]; digest: string; createdAt: string }[];
  }[];
}

export function overview(hub: Hub): GitHubOverview {
  return {
    repositories: hub.state.repositories.map((repository) => {
      const fullName = `${repository.owner}/${repository.name}`;
      const url = `${hub.address.server}/${fullName}`;
      const { hooks, runs, jobs, packages } = hub.state;
      return {
        fullName,
        url,
        private: repository.private,
        pushedAt: repository.pushedAt,
        hooks: hooks
          .filter((hook) => hook.repositoryId === repository.id)
          .map((hook) => ({
            id: hook.id,
            url: hook.config.url,
            events: hook.events,
            lastStatus: hook.lastResponse.status,
          })),
        runs: runs
          .filter((run) => run.repositoryId === repository.id)
          .map(({ id, number, attempt, title, status, conclusion, createdAt, updatedAt }) => ({
            ...{ id, number, attempt, title, status, conclusion, createdAt, updatedAt },
            url: `${url}/actions/runs/${id}`,
            jobs: jobs
              .filter((job) => job.runId === id && job.attempt === attempt)
              .map((job) => ({
                name: job.name,
                status: job.status,
                conclusion: job.conclusion,
                step: job.steps.find((step) => step.status === "in_progress")?.name ?? null,
              })),
          })),
        images: packages
          .filter((one) => one.repositoryId === repository.id)
          .flatMap((one) =>
            one.versions.map(({ tags, digest, createdAt }) => ({
              name: `${hub.registryHost}/${one.owner}/${one.name}`.toLowerCase(),
              ...{ tags, digest, createdAt },
            })),
          ),
      };
    }),
  };
}
