import { type Project, type ProjectStatus, projectResource } from "../../src/project/project.ts";

/** When everything in these tests begins. */
export const NOW = new Date("2026-03-01T10:00:00.000Z");

/** So many seconds after the beginning. */
export function at(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

/** A Project as the API server gives it: `rrr`, private, one environment, its launch just begun. */
export function project(
  given: { status?: Partial<ProjectStatus>; spec?: Partial<Project["spec"]>; name?: string; uid?: string } = {},
): Project {
  const name = given.name ?? "rrr";
  return projectResource.parse({
    apiVersion: "slipway.dev/v1alpha1",
    kind: "Project",
    metadata: {
      name,
      namespace: "slipway-system",
      uid: given.uid ?? `uid-${name}`,
      resourceVersion: "1",
      generation: 1,
    },
    spec: {
      owner: "acme",
      repository: name,
      template: "tiny",
      environments: [{ name: "production", namespace: name, host: `${name}.example.com` }],
      slack: { channel: "C0LAUNCHES", requestedBy: "U0ADA" },
      ...given.spec,
    },
    status: { phase: "Launching", launch: { startedAt: NOW.toISOString() }, ...given.status },
  });
}
