import { z } from "zod";
import type { Projects, StoredProjects } from "../project/ports/projects.ts";
import { Problem } from "../project/problem.ts";
import type { Project, ProjectStatus } from "../project/project.ts";
import { readProject } from "../project/read-project.ts";
import { STATUS_VERSION } from "../project/status.ts";
import { parseAnswer } from "./parse-answer.ts";
import { pathOf } from "./path-of.ts";
import type { Request } from "./request.ts";

const API_VERSION = "slipway.dev/v1alpha1";
/** Thousands in one answer would take longer than an answer is waited for. */
const PAGE = 500;
const pageEnd = z.object({ metadata: z.object({ continue: z.string().optional() }) });
const named = z.object({ metadata: z.object({ name: z.string() }) });
/** Less than this is no Project that cannot be read: it is none. */
const one = named.extend({ kind: z.literal("Project") });

/** `Project`s in the API server: the store, and the queue between replicas. */
export function createProjects(request: Request, namespace: string): Projects {
  const path = (name?: string) => pathOf("Project", namespace, name);
  const parse = (name: string, answer: unknown): Project => {
    parseAnswer(one, answer);
    const read = readProject(name, answer);
    if (read.ok) return read.project;
    throw new Problem("project-unreadable", {
      destiny: { kind: "person" },
      params: { name, namespace, ...read.unreadable.fault },
      evidence: read.unreadable.fields.join(", "),
    });
  };
  /** `version`: only on top of what was read. */
  const patch = async (name: string, spec: unknown, version?: string): Promise<Project> =>
    parse(
      name,
      await request("PATCH", path(name), {
        query: { fieldManager: "slipway" },
        body: { ...(version === undefined ? {} : { metadata: { resourceVersion: version } }), spec },
        contentType: "application/merge-patch+json",
      }),
    );

  return {
    async get(name) {
      try {
        return parse(name, await request("GET", path(name)));
      } catch (error) {
        if (error instanceof Problem && error.code === "object-missing") return undefined;
        throw error;
      }
    },

    async list() {
      const stored: StoredProjects = { projects: [], unreadable: [] };
      const onItem = (item: unknown) => {
        // An item of a list does not say what it is.
        const whole = { apiVersion: API_VERSION, kind: "Project", ...Object(item) };
        const read = readProject(parseAnswer(named, item).metadata.name, whole);
        if (read.ok) stored.projects.push(read.project);
        else stored.unreadable.push(read.unreadable);
      };
      let token: string | undefined;
      do {
        const page = await request("GET", path(), { query: { limit: PAGE, continue: token }, onItem });
        token = parseAnswer(pageEnd, page).metadata.continue;
      } while (token);
      return stored;
    },

    async create(name, spec) {
      try {
        const body = { apiVersion: API_VERSION, kind: "Project", metadata: { name, namespace }, spec };
        return parse(name, await request("POST", path(), { query: { fieldManager: "slipway" }, body }));
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

    async wish(name, { id, ...wish }) {
      try {
        return await patch(name, { wishes: { [id]: wish } });
      } catch (error) {
        // The one thing about a wish that the schema may refuse: how many stand in a Project.
        if (error instanceof Problem && error.code === "object-invalid")
          throw new Problem("wishes-waiting", {
            destiny: { kind: "person" },
            params: { name },
            evidence: error.evidence,
          });
        throw error;
      }
    },

    forgetWishes: (name, ids) => patch(name, { wishes: Object.fromEntries(ids.map((id) => [id, null])) }),

    writeEnvironments: ({ metadata: { name, resourceVersion } }, environments) =>
      patch(name, { environments }, resourceVersion),

    async writeStatus(project: Project, status: ProjectStatus) {
      const { name } = project.metadata;
      const body = { ...project, status: { ...status, version: STATUS_VERSION } };
      return parse(name, await request("PUT", `${path(name)}/status`, { query: { fieldManager: "slipway" }, body }));
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
