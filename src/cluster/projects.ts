import { z } from "zod";
import { FINALIZER } from "../project/finalizer.ts";
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

const held = z.object({
  metadata: z.object({
    uid: z.string(),
    resourceVersion: z.string(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).default([]),
  }),
});

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
  const patched = (name: string, body: object): Promise<unknown> =>
    request("PATCH", path(name), {
      query: { fieldManager: "slipway" },
      body,
      contentType: "application/merge-patch+json",
    });
  /** `version`: only on top of what was read. */
  const patch = async (name: string, spec: unknown, version?: string): Promise<Project> =>
    parse(
      name,
      await patched(name, { ...(version === undefined ? {} : { metadata: { resourceVersion: version } }), spec }),
    );

  return {
    get,

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
      const make = async () => {
        const body = {
          apiVersion: API_VERSION,
          kind: "Project",
          metadata: { name, namespace, finalizers: [FINALIZER] },
          spec,
        };
        return parse(name, await request("POST", path(), { query: { fieldManager: "slipway" }, body }));
      };
      try {
        return await make().catch(async (error: unknown) => {
          if (!(error instanceof Problem) || error.code !== "object-exists" || !(await endedOne(name))) throw error;
          return make();
        });
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

    async hold(project) {
      const { name, resourceVersion, finalizers = [] } = project.metadata;
      const metadata = { resourceVersion, finalizers: [...finalizers, FINALIZER] };
      return parse(name, await patched(name, { metadata }));
    },

    delete: ({ metadata: { name, uid } }) => remove(name, uid),
  };

  async function get(name: string): Promise<Project | undefined> {
    try {
      return parse(name, await request("GET", path(name)));
    } catch (error) {
      if (error instanceof Problem && error.code === "object-missing") return undefined;
      throw error;
    }
  }

  async function remove(name: string, uid?: string): Promise<void> {
    try {
      const { metadata } = parseAnswer(held, await request("GET", path(name)));
      if (uid !== undefined && metadata.uid !== uid) return;
      if (metadata.finalizers.includes(FINALIZER)) {
        const finalizers = metadata.finalizers.filter((each) => each !== FINALIZER);
        await patched(name, { metadata: { resourceVersion: metadata.resourceVersion, finalizers } });
      }
      // With its last finalizer it is gone.
      if (metadata.deletionTimestamp !== undefined) return;
      const preconditions = { uid: metadata.uid };
      await request("DELETE", path(name), { body: { apiVersion: "v1", kind: "DeleteOptions", preconditions } });
    } catch (error) {
      if (!(error instanceof Problem && error.code === "object-missing")) throw error;
    }
  }

  /** One whose things are removed, or that was refused, waits only for that to be told, and stands in nobody's way. */
  async function endedOne(name: string): Promise<boolean> {
    const found = await get(name);
    if (found?.status.phase !== "Removed" && found?.status.phase !== "Refused") return false;
    await remove(name, found.metadata.uid);
    return true;
  }
}
