import { z } from "zod";
import type { Projects } from "../project/ports/projects.ts";
import { Problem } from "../project/problem.ts";
import { type Project, type ProjectStatus, projectResource } from "../project/project.ts";
import { pathOf } from "./path-of.ts";
import type { Request } from "./request.ts";

const API_VERSION = "slipway.dev/v1alpha1";
/** Thousands in one answer would take longer than an answer is waited for. */
const PAGE = 500;
const pageEnd = z.object({ metadata: z.object({ continue: z.string().optional() }) });

/** `Project`s in the API server: the store, and the queue between replicas. */
export function createProjects(request: Request, namespace: string): Projects {
  const path = (name?: string) => pathOf("Project", namespace, name);
  const patch = async (name: string, spec: unknown): Promise<Project> =>
    projectResource.parse(
      await request("PATCH", path(name), {
        query: { fieldManager: "slipway" },
        body: { spec },
        contentType: "application/merge-patch+json",
      }),
    );

  return {
    async get(name) {
      try {
        return projectResource.parse(await request("GET", path(name)));
      } catch (error) {
        if (error instanceof Problem && error.code === "object-missing") return undefined;
        throw error;
      }
    },

    async list() {
      const projects: Project[] = [];
      const onItem = (item: unknown) => {
        // One Project that does not parse must not hide the others.
        const parsed = projectResource.safeParse({ apiVersion: API_VERSION, kind: "Project", ...Object(item) });
        if (parsed.success) projects.push(parsed.data);
      };
      let token: string | undefined;
      do {
        const page = await request("GET", path(), { query: { limit: PAGE, continue: token }, onItem });
        token = pageEnd.parse(page).metadata.continue;
      } while (token);
      return projects;
    },

    async create(name, spec) {
      try {
        const body = { apiVersion: API_VERSION, kind: "Project", metadata: { name, namespace }, spec };
        return projectResource.parse(await request("POST", path(), { query: { fieldManager: "slipway" }, body }));
      } catch (error) {
        if (error instanceof Problem && error.code === "object-exists")
          throw new Problem("project-exists", {
            destiny: { kind: "person" },
            params: { name },
            evidence: error.evidence,
          });
        throw error;
      }
    },

    intend: (name, kind, intent) => patch(name, { intents: { [kind]: intent } }),

    async writeStatus(project: Project, status: ProjectStatus) {
      const body = { ...project, status };
      return projectResource.parse(
        await request("PUT", `${path(project.metadata.name)}/status`, { query: { fieldManager: "slipway" }, body }),
      );
    },

    async delete(name) {
      try {
        await request("DELETE", path(name));
      } catch (error) {
        if (!(error instanceof Problem && error.code === "object-missing")) throw error;
      }
    },
  };
}
