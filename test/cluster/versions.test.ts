import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "../../src/cluster/connect.ts";
import { pathOf } from "../../src/cluster/path-of.ts";
import { createProjects } from "../../src/cluster/projects.ts";
import { createRequest, type Request } from "../../src/cluster/request.ts";
import type { Projects } from "../../src/project/ports/projects.ts";
import type { Project } from "../../src/project/project.ts";
import { STATUS_VERSION } from "../../src/project/status.ts";
import { project } from "../builders/project.ts";
import { letProjectsGo } from "./let-projects-go.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";

const found = testbed();
const NAMESPACE = "slipway-versions";
const REFUSED = "a newer version of Slipway has written this status";
const INTENT = { id: "1", by: "U1", at: "2026-03-01T10:00:00.000Z" };

// In a namespace that no bot looks at.
describe.skipIf(!found)(found ? "two versions side by side" : `two versions side by side: ${WITHOUT}`, () => {
  let at: Testbed;
  let request: Request;
  let newer: Projects;
  let name: string;
  let made = 0;

  beforeAll(async () => {
    if (!found) return;
    at = found;
    await applyDefinition();
    await at.kubectl("create", "namespace", NAMESPACE);
    request = createRequest(await connect(at.kubeconfig));
    newer = createProjects(request, NAMESPACE);
  });
  beforeEach(async () => {
    name = `rrr-${++made}`;
    await newer.create(name, project().spec);
  });
  afterAll(async () => {
    await applyDefinition();
    if (at) await letProjectsGo(at);
    await at?.kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--timeout=60s");
  });

  async function applyDefinition() {
    await at?.kubectl("apply", "--server-side", "--force-conflicts", "-f", "manifests/base/crd.yaml");
    await at?.kubectl("wait", "--for=condition=Established", "crd/projects.slipway.dev", "--timeout=30s");
  }
  const stored = async () => JSON.parse(await at.kubectl("-n", NAMESPACE, "get", "proj", name, "-o", "json"));
  const read = async (): Promise<Project> => {
    const one = await newer.get(name);
    if (!one) throw new Error(`no ${name}`);
    return one;
  };
  /** As a version wrote it that knew of no version: a PUT of all that it knows. */
  async function writeAsBefore(change: object) {
    const { version: _, ...status } = (await read()).status;
    const body = { ...(await read()), status: { ...status, ...change } };
    return request("PUT", `${pathOf("Project", NAMESPACE, name)}/status`, { body });
  }

  test("an older leader goes on with what a newer one has not written yet", async () => {
    await writeAsBefore({ phase: "Live" });
    await writeAsBefore({ phase: "Failed" });
    expect((await stored()).status).toMatchObject({ phase: "Failed" });
  });

  test("a newer leader takes over what an older one wrote", async () => {
    await writeAsBefore({ phase: "Live" });
    await newer.writeStatus(await read(), (await read()).status);
    expect((await stored()).status).toMatchObject({ phase: "Live", version: STATUS_VERSION });
  });

  test("an older leader takes nothing away of what a newer one wrote: its write is refused", async () => {
    await newer.writeStatus(await read(), { ...(await read()).status, phase: "Live" });
    const before = await stored();
    await expect(writeAsBefore({ phase: "Failed" })).rejects.toMatchObject({
      code: "object-invalid",
      evidence: expect.stringContaining(REFUSED),
    });
    await expect(writeAsBefore({ version: STATUS_VERSION - 1 })).rejects.toMatchObject({ code: "object-invalid" });
    expect(await stored()).toEqual(before);
  });

  test("an older standby's wish is written into what a newer one leads, and takes nothing away", async () => {
    await newer.writeStatus(await read(), { ...(await read()).status, phase: "Live" });
    const { status } = await stored();
    await request("PATCH", pathOf("Project", NAMESPACE, name), {
      body: { spec: { intents: { remove: INTENT } } },
      contentType: "application/merge-patch+json",
    });
    expect(await stored()).toMatchObject({ spec: { intents: { remove: INTENT } }, status });
  });

  test("what a version writes that comes later is not written over by this one, which says so", async () => {
    const later = JSON.stringify({ status: { version: STATUS_VERSION + 1 } });
    const patch = ["-n", NAMESPACE, "patch", "proj", name, "--subresource=status", "--type=merge", "-p"];
    const ours = await read();
    await at.kubectl(...patch, later);
    await expect(newer.get(name)).rejects.toMatchObject({ code: "project-unreadable", params: { fault: "newer" } });
    expect((await newer.list()).unreadable.map((each) => each.name)).toEqual([name]);
    const { resourceVersion } = (await stored()).metadata;
    const now = { ...ours, metadata: { ...ours.metadata, resourceVersion } };
    await expect(newer.writeStatus(now, now.status)).rejects.toMatchObject({ code: "object-invalid" });
  });

  test("going back, the rule is taken away as the guide says, and comes back with the manifests", async () => {
    await newer.writeStatus(await read(), (await read()).status);
    const guide = await readFile("docs/install.md", "utf8");
    const patch = /kubectl (patch crd projects\.slipway\.dev --type json -p) '([^']+)'/.exec(guide);
    await at.kubectl(...(patch?.[1] ?? "").split(" "), patch?.[2] ?? "");
    await expect
      .poll(
        () =>
          writeAsBefore({ phase: "Failed" }).then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
    await applyDefinition();
    await newer.writeStatus(await read(), (await read()).status);
    await expect
      .poll(
        () =>
          writeAsBefore({}).then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(false);
  });
});
