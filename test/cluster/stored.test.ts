import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../src/cluster/connect.ts";
import { createCluster, type RunningCluster } from "../../src/cluster/create-cluster.ts";
import { createProjects } from "../../src/cluster/projects.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { reconcile } from "../../src/controller/reconcile.ts";
import { evidence } from "../../src/evidence/index.ts";
import { projectResource } from "../../src/project/project.ts";
import { installManifests } from "../../src/sandbox/install-manifests.ts";
import { createWorld } from "../builders/world/create-world.ts";
import type { Site } from "../contract/controllers/site.ts";
import type { RecordedProject } from "../stored/recorded-project.ts";
import { recording } from "../stored/recordings.ts";
import { storedGitHub } from "../stored/stored-github.ts";
import { looking, SETTINGS } from "../stored/stored-world.ts";
import { letProjectsGo } from "./let-projects-go.ts";
import { startRealSite } from "./start-real-site.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const found = testbed();
/** Of Projects that no other bot looks at. */
const NAMESPACE = "slipway-stored";
const APPLIED = ["Namespace", "ServiceAccount", "RoleBinding", "GitRepository", "Kustomization"];
/** So long nothing more is done. */
const QUIET_SECONDS = 6;

describe.skipIf(!found)(
  found ? "a Project of the version before, live on a real cluster" : `a Project of the version before: ${WITHOUT}`,
  () => {
    let at: Testbed;
    let site: Site;
    let work: string;
    let stored: RecordedProject;
    let name: string;
    let cluster: RunningCluster | undefined;

    beforeAll(async () => {
      if (!found) return;
      at = found;
      site = await startRealSite(at);
      await at.testbed("ghcr", `http://${at.registry}`);
      work = await mkdtemp(join(tmpdir(), "slipway-stored-"));
      const administrator = new KubeConfig();
      administrator.loadFromFile(at.kubeconfig);
      await installManifests(administrator);
      await at.kubectl("create", "namespace", NAMESPACE);
      stored = await setUp(recording("live"));
    });
    afterAll(async () => {
      cluster?.stop();
      if (at) await letProjectsGo(at);
      await at?.kubectl("delete", "namespace", NAMESPACE, name, "--ignore-not-found", "--timeout=90s");
      await site?.close();
      if (work) await rm(work, { recursive: true, force: true });
    });

    /** All of it as the version before left it, with the same application at a commit, a URL and a uid of this cluster's. */
    async function setUp(recorded: RecordedProject): Promise<RecordedProject> {
      const project = projectResource.parse(recorded.project);
      name = project.metadata.name;
      const { sha = "" } = project.status.launch;
      const commit = site.git.commit(name, recorded.files);
      const image = `${at.registry}/${project.spec.owner}/${name}`;
      await at.crane(
        "mutate",
        `${at.registry}/testbed/app:1`,
        "--user",
        "1000",
        "--tag",
        `${image}:${commit.slice(0, 12)}`,
      );
      const { spec } = project;
      await apply("project", [
        { ...recorded.project, metadata: { name, namespace: NAMESPACE }, spec, status: undefined },
      ]);
      const uid = await at.kubectl("-n", NAMESPACE, "get", "project", name, "-o", "jsonpath={.metadata.uid}");
      const like = JSON.stringify(recorded)
        .replaceAll(sha, commit)
        .replaceAll(sha.slice(0, 12), commit.slice(0, 12))
        .replaceAll(project.metadata.uid ?? "", uid)
        .replaceAll(project.status.repository?.cloneUrl ?? "", `${site.git.url}/${name}`);
      const all: RecordedProject = JSON.parse(like);
      const { status } = all.project;
      const patch = [
        "patch",
        "project",
        name,
        "--subresource=status",
        "--type=merge",
        "-p",
        JSON.stringify({ status }),
      ];
      await at.kubectl("-n", NAMESPACE, ...patch);
      const made = all.objects.filter(({ kind, metadata }) => APPLIED.includes(kind) && metadata.name !== "default");
      await apply("objects", made.map(asApplied));
      const login = ["--from-literal=username=ada", "--from-literal=password=any"];
      await at.kubectl("-n", name, "create", "secret", "generic", "git-credentials", ...login);
      await until(60, "the application", async () => (await pods()).some(({ ready }) => ready));
      return all;
    }

    async function apply(file: string, items: object[]) {
      const path = join(work, `${file}.json`);
      await writeFile(path, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
      await at.kubectl("apply", "--server-side", "--field-manager=slipway", "-f", path);
    }
    const get = async (...what: string[]) => JSON.parse(await at.kubectl("-n", name, "get", ...what, "-o", "json"));
    const pods = async (): Promise<{ uid: string; ready: boolean }[]> =>
      (await get("pods", "-l", `app.kubernetes.io/name=${name}`)).items.map(
        ({
          metadata,
          status,
        }: {
          metadata: { uid: string };
          status: { containerStatuses?: { ready: boolean }[] };
        }) => ({
          uid: metadata.uid,
          ready: status.containerStatuses?.every(({ ready }) => ready) ?? false,
        }),
      );

    test("is looked after by this version without a pod replaced", async () => {
      const before = { pods: await pods(), deployment: (await get("deployment", name)).metadata.generation };
      const connection = await connect(at.kubeconfig);
      const now = () => new Date();
      const { controller } = createWorld();
      cluster = createCluster({
        evidence,
        connection,
        namespace: NAMESPACE,
        onHint: () => {},
        clock: { now },
        log: controller.log,
      });
      await cluster.synced;
      const projects = createProjects(createRequest(connection), NAMESPACE);
      const { github, registry } = storedGitHub(stored, { now });
      const ports = {
        ...controller.ports,
        clock: { now },
        cluster,
        projects,
        github,
        registry,
        ...looking(now),
      };
      let quietSince = Date.now();
      let seen = "";
      await until(45, "a look that changes nothing", async () => {
        await reconcile(name, { ...controller, ports, settings: SETTINGS });
        const { metadata, spec, status } = await get("kustomization", name);
        const now = JSON.stringify([metadata.generation, spec, status.lastAppliedRevision, status.observedGeneration]);
        const settled = status.observedGeneration === metadata.generation && now === seen;
        if (!settled) quietSince = Date.now();
        seen = now;
        await sleep(500);
        return Date.now() - quietSince > QUIET_SECONDS * 1000;
      });
      expect({ pods: await pods(), deployment: (await get("deployment", name)).metadata.generation }).toEqual(before);
      expect((await projects.get(name))?.status).toMatchObject({ phase: "Live", version: 1 });
    });
  },
);

/** What the version before sent to the API server, of what that has made of it. */
function asApplied({ apiVersion, kind, metadata, spec, ...rest }: RecordedProject["objects"][number]) {
  const { name, namespace, labels, annotations } = metadata;
  const { roleRef, subjects } = rest;
  return {
    ...{ apiVersion, kind },
    metadata: { name, namespace, labels, annotations },
    ...(kind === "GitRepository" || kind === "Kustomization" ? { spec } : {}),
    ...(kind === "RoleBinding" && { roleRef, subjects }),
  };
}
