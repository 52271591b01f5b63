import { type Project, type ProjectStatus, projectResource } from "../../src/project/project.ts";
import type { Wish } from "../../src/project/wish.ts";

const AT = "2026-03-01T10:00:00.000Z";

/** A Project as the API server would give it, a launch of `rrr` by default. */
export function aProject(
  given: {
    name?: string;
    channel?: string;
    requestedBy?: string;
    createdAt?: string;
    visibility?: "public" | "private";
    status?: Partial<ProjectStatus>;
    wishes?: readonly Wish[];
  } = {},
): Project {
  const name = given.name ?? "rrr";
  return projectResource.parse({
    apiVersion: "slipway.dev/v1alpha1",
    kind: "Project",
    metadata: { name, uid: `uid-${name}`, creationTimestamp: given.createdAt ?? AT },
    spec: {
      owner: "acme",
      repository: name,
      template: "nextjs",
      visibility: given.visibility,
      environments: [{ name: "production", namespace: name, host: `${name}.example.com` }],
      slack: { team: "T01", channel: given.channel ?? "C0LAUNCHES", requestedBy: given.requestedBy ?? "U0ADA" },
      wishes: Object.fromEntries((given.wishes ?? []).map(({ id, ...wish }) => [id, wish])),
    },
    status: { phase: "Launching", launch: { startedAt: given.createdAt ?? AT }, ...given.status },
  });
}
