import { beforeAll, describe, expect, test } from "vitest";
import { PATCH } from "../connection.ts";
import { MANIFESTS } from "./manifests.ts";
import { scene } from "./scene.ts";
import type { Site } from "./site.ts";

const like = (pattern: RegExp) => expect.stringMatching(pattern);
const CHECKOUT = "failed to checkout and determine revision: unable to clone";

export function flux(site: () => Site): void {
  describe("Flux", () => {
    const at = scene(site);
    const named: Record<string, string> = {};
    const of = (name: string) => named[name] ?? "";
    let sha = "";

    const source = (name: string, repository: string, spec: object = {}, as = "app") =>
      at.make("GitRepository", of(name), as, {
        spec: {
          url: `${at.site.git.url}/${repository}.git`,
          interval: "10m",
          timeout: "20s",
          ref: { branch: "main" },
          ...spec,
        },
      });
    const kustomization = (name: string, path: string, spec: object = {}) =>
      at.make("Kustomization", of(name), "app", {
        spec: {
          sourceRef: { kind: "GitRepository", name: "app" },
          path,
          interval: "10m",
          retryInterval: "1m",
          prune: true,
          targetNamespace: of(name),
          ...spec,
        },
      });
    const sourceOf = (name: string, as = "app") => at.conditions("GitRepository", of(name), as);
    const appliedOf = (name: string) => at.conditions("Kustomization", of(name), "app");
    const fetched = { Ready: like(/^True Succeeded: stored artifact for revision 'main@sha1:[0-9a-f]{40}'$/) };
    const applied = { Ready: like(/^True ReconciliationSucceeded: Applied revision: main@sha1:[0-9a-f]{40}$/) };
    const bind = (name: string, role: string) =>
      at.make("RoleBinding", of(name), role, {
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
        subjects: [{ kind: "ServiceAccount", name: "tenant", namespace: of(name) }],
      });

    beforeAll(async () => {
      const { git } = at.site;
      sha = git.commit("app", MANIFESTS);
      git.commit("broken", { "k8s/kustomization.yaml": "resources: [nope.yaml]\n" });
      for (const name of ["ok", "sources", "path", "broken", "kinds", "tenant", "reach", "slow", "stuck", "none"])
        named[name] = await at.namespace(name);

      await source("ok", "app");
      await kustomization("ok", "./k8s/overlays/development", { wait: true, timeout: "2m" });
      const login = (password: string) => ({ stringData: { username: "u", password } });
      await at.make("Secret", of("sources"), "right", login("p"));
      await at.make("Secret", of("sources"), "wrong", login("q"));
      await source("sources", "auth/app", {}, "anonymous");
      await source("sources", "auth/app", { secretRef: { name: "wrong" } }, "wrong");
      await source("sources", "auth/app", { secretRef: { name: "right" } }, "right");
      await source("sources", "auth/app", { secretRef: { name: "late" } }, "late");
      await source("sources", "nope/app", {}, "hidden");
      await source("sources", "forbidden/app", {}, "forbidden");
      await source("sources", "app", { ref: { branch: "nope" } }, "branch");
      await source("sources", "app", { url: `http://nowhere.${at.id}.test/app.git` }, "name");
      for (const [name, path, repository] of [
        ["path", "./k8s/overlays/staging", "app"],
        ["broken", "./k8s", "broken"],
        ["kinds", "./k8s/overlays/kinds", "app"],
        ["tenant", "./k8s/overlays/development", "app"],
        ["reach", "./k8s/overlays/reaching", "app"],
        ["slow", "./k8s/overlays/development", "app"],
        ["stuck", "./k8s/overlays/hasty", "app"],
      ] as const) {
        await source(name, repository);
        const images = [{ name: "docker.io/testbed/app", newTag: "nope" }];
        const account = { serviceAccountName: "tenant" };
        const more = {
          tenant: account,
          reach: account,
          slow: { wait: true, timeout: "12s", images },
          stuck: { wait: true, timeout: "5m", images },
        };
        if (name === "tenant" || name === "reach") {
          await at.make("ServiceAccount", of(name), "tenant", {});
          await bind(name, name === "tenant" ? "view" : "edit");
        }
        await kustomization(name, path, { ...new Map<string, object>(Object.entries(more)).get(name) });
      }
      await kustomization("none", "./k8s/overlays/development");
    });

    test("says which revision it fetched, applied, and found healthy", async () => {
      await at.see(() => appliedOf("ok"), {
        Ready: `True ReconciliationSucceeded: Applied revision: main@sha1:${sha}`,
        Healthy: like(/^True Succeeded: Health check passed in /),
      });
      expect(await sourceOf("ok")).toEqual({
        Ready: `True Succeeded: stored artifact for revision 'main@sha1:${sha}'`,
        ArtifactInStorage: `True Succeeded: stored artifact for revision 'main@sha1:${sha}'`,
      });
      const git = await at.get("GitRepository", of("ok"), "app");
      expect(git.status).toMatchObject({ observedGeneration: 1, artifact: { revision: `main@sha1:${sha}` } });
      const { status, metadata } = await at.get("Kustomization", of("ok"), "app");
      expect(metadata.finalizers).toEqual(["finalizers.fluxcd.io"]);
      expect(status).toMatchObject({
        observedGeneration: 1,
        lastAppliedRevision: `main@sha1:${sha}`,
        lastAttemptedRevision: `main@sha1:${sha}`,
        inventory: {
          entries: [
            { id: `${of("ok")}_app__Service`, v: "v1" },
            { id: `${of("ok")}_app_apps_Deployment`, v: "v1" },
          ],
        },
      });
      await at.hear(
        () => at.events(of("ok")),
        /^Normal NewArtifact GitRepository: stored artifact for commit '.+'$/,
        /^Normal Progressing Kustomization: .*Deployment\/contract-\w+-ok\/app created/s,
        /^Normal Progressing Kustomization: Health check passed in /,
        /^Normal ReconciliationSucceeded Kustomization: Reconciliation finished in .+, next run in 10m0s$/,
      );
    });

    test("marks what it applied as its own", async () => {
      const { metadata } = await at.get("Deployment", of("ok"), "app");
      expect(metadata.labels).toMatchObject({
        "kustomize.toolkit.fluxcd.io/name": "app",
        "kustomize.toolkit.fluxcd.io/namespace": of("ok"),
      });
      const fields: { manager: string; operation: string }[] = metadata.managedFields;
      expect(fields).toContainEqual(
        expect.objectContaining({ manager: "kustomize-controller", operation: "Apply", apiVersion: "apps/v1" }),
      );
    });

    test("looks again when it is asked to, and says that it has", async () => {
      for (const kind of ["GitRepository", "Kustomization"]) {
        const requestedAt = await at.poke(kind, of("ok"), "app");
        await at.see(() => at.get(kind, of("ok"), "app"), { status: { lastHandledReconcileAt: requestedAt } });
      }
    });

    test("tells the ways in which a source fails apart", async () => {
      const failing = (reason: string, message: string) => ({
        Ready: like(new RegExp(`^False ${reason}: ${message}`)),
        FetchFailed: like(new RegExp(`^True ${reason}: ${message}`)),
        Reconciling: like(/^True ProgressingWithRetry: /),
      });
      const failed = (words: string) => failing("GitOperationFailed", `${CHECKOUT} '[^']+': ${words}`);
      const secret = `failed to get secret '${of("sources")}/late': .*secrets "late" not found$`;
      const ways: [string, object][] = [
        ["anonymous", failed("authentication required: Repository not found\\.$")],
        ["wrong", failed("authentication required: Repository not found\\.$")],
        ["late", failing("AuthenticationFailed", secret)],
        ["hidden", failed("repository not found: Repository not found\\.$")],
        ["forbidden", failed("authorization failed: Write access to repository not granted\\.$")],
        ["branch", failed(`couldn't find remote ref "refs/heads/nope"$`)],
        ["name", failed('Get "[^"]+": dial tcp: lookup nowhere\\.\\S+ on [\\d.]+:53: no such host$')],
        ["right", fetched],
      ];
      for (const [name, conditions] of ways) await at.see(() => sourceOf("sources", name), conditions);
      await at.hear(
        () => at.events(of("sources")),
        /^Warning GitOperationFailed GitRepository: failed to checkout .*authentication required/,
        /^Warning AuthenticationFailed GitRepository: failed to get secret /,
      );
      const { status } = await at.get("GitRepository", of("sources"), "anonymous");
      expect(status.artifact).toBeUndefined();
      for (const name of ["anonymous", "hidden", "forbidden", "branch", "name"])
        await at.remove("GitRepository", of("sources"), name);
    });

    test("gets in once its Secret is there, or right", async () => {
      await at.make("Secret", of("sources"), "late", { stringData: { username: "u", password: "p" } });
      await at.change("Secret", of("sources"), "wrong", { data: { password: Buffer.from("p").toString("base64") } });
      for (const name of ["late", "wrong"]) {
        await at.poke("GitRepository", of("sources"), name);
        await at.see(() => sourceOf("sources", name), fetched);
        await at.see(async () => Object.keys(await sourceOf("sources", name)).sort(), ["ArtifactInStorage", "Ready"]);
      }
    });

    test("misses a source that is not there, and takes it when it comes", async () => {
      await at.see(() => appliedOf("none"), {
        Ready: 'False ArtifactFailed: GitRepository.source.toolkit.fluxcd.io "app" not found',
      });
      await source("none", "app");
      await at.see(() => appliedOf("none"), applied);
    });

    test("names the path that the repository has not, until the path is right", async () => {
      await at.see(() => appliedOf("path"), {
        Ready: like(
          /^False ArtifactFailed: kustomization path not found: stat \S+\/k8s\/overlays\/staging: no such file or directory$/,
        ),
        Reconciling: like(/^True ProgressingWithRetry: /),
      });
      await at.hear(() => at.events(of("path")), /^Warning ArtifactFailed Kustomization: kustomization path not found/);
      await at.change("Kustomization", of("path"), "app", { spec: { path: "./k8s/overlays/development" } });
      await at.see(() => appliedOf("path"), applied);
      await at.see(async () => Object.keys(await appliedOf("path")), ["Ready"]);
    });

    test("tells why a kustomization does not build, until a commit mends it", async () => {
      await at.see(() => appliedOf("broken"), {
        Ready: like(/^False BuildFailed: kustomize build failed: accumulating resources: .*nope\.yaml/),
        Reconciling: like(/^True ProgressingWithRetry: /),
      });
      const mended = at.site.git.commit("broken", {
        "k8s/nope.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mended}\n",
      });
      await at.poke("GitRepository", of("broken"), "app");
      await at.see(() => appliedOf("broken"), {
        Ready: `True ReconciliationSucceeded: Applied revision: main@sha1:${mended}`,
      });
      expect((await at.get("ConfigMap", of("broken"), "mended")).kind).toBe("ConfigMap");
    });

    test("tells of a kind that the cluster does not serve", async () => {
      await at.see(() => appliedOf("kinds"), {
        Ready: like(
          /^False ReconciliationFailed: Foo\/\S+ dry-run failed: no matches for kind "Foo" in version "x\.y\/v1"/,
        ),
      });
    });

    test("is refused what its tenant's account may not do, until it may", async () => {
      const account = (name: string) => `system:serviceaccount:${of(name)}:tenant`;
      await at.see(() => appliedOf("tenant"), {
        Ready: like(
          new RegExp(
            `^False ReconciliationFailed: \\w+/${of("tenant")}/app dry-run failed \\(Forbidden\\): \\S+ "app" is forbidden: User "${account("tenant")}" cannot patch resource "\\w+" in API group "\\w*" in the namespace "${of("tenant")}"`,
          ),
        ),
      });
      await at.see(() => appliedOf("reach"), {
        Ready: like(
          new RegExp(
            `^False ReconciliationFailed: ClusterRole/all dry-run failed \\(Forbidden\\): clusterroles\\.rbac\\.authorization\\.k8s\\.io "all" is forbidden: User "${account("reach")}" cannot patch resource "clusterroles" in API group "rbac\\.authorization\\.k8s\\.io" at the cluster scope`,
          ),
        ),
      });
      await at.hear(() => at.events(of("tenant")), /^Warning ReconciliationFailed Kustomization: .* is forbidden: /);
      expect(await at.list("Deployment", of("tenant"))).toEqual([]);
      expect(await at.list("Deployment", of("reach"))).toEqual([]);
      await bind("tenant", "edit");
      await at.poke("Kustomization", of("tenant"), "app");
      await at.see(() => appliedOf("tenant"), applied);
    });

    test("gives up waiting for what does not get healthy, and names it; what does is taken", async () => {
      // Ready is False for a moment only: a try that was due meanwhile, as for a source that came late, begins at once.
      await at.hear(
        () => at.events(of("slow")),
        new RegExp(
          `^Warning HealthCheckFailed Kustomization: health check failed after \\S+s: timeout waiting for: \\[Deployment/${of("slow")}/app status: 'InProgress'\\]`,
        ),
      );
      const { status } = await at.get("Kustomization", of("slow"), "app");
      // A timeout of less counts as this: https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/api/v1/kustomization_types.go (GetTimeout)
      expect(JSON.stringify(status.conditions)).toContain("with a timeout of 30s");
      // What it applied is there all the same.
      expect(status.inventory.entries).toHaveLength(2);
      await at.change("Kustomization", of("slow"), "app", { spec: { images: [] } });
      await at.see(() => appliedOf("slow"), { ...applied, Healthy: like(/^True Succeeded: /) });
    });

    test("does not wait longer for a Deployment that has given up", async () => {
      await at.see(() => appliedOf("stuck"), {
        Ready: like(
          new RegExp(
            `^False HealthCheckFailed: health check failed after \\S+: failed early due to stalled resources: \\[Deployment/${of("stuck")}/app status: 'Failed'\\]`,
          ),
        ),
      });
    });

    describe("when the way to git is cut", () => {
      beforeAll(async () => {
        named.cut = await at.namespace("cut");
        await at.site.git.cut();
        await source("cut", "app", { timeout: "10s" }, "brief");
        await source("cut", "app", { timeout: "1m" }, "patient");
        await at.poke("GitRepository", of("ok"), "app");
        return async () => await at.site.git.mend();
      });

      test("says which of its two clocks ran out, with an artifact and without", async () => {
        const timedOut = (doing: string, words: string) => ({
          Ready: like(
            new RegExp(
              `^False GitOperationFailed: failed to checkout and determine revision: unable to ${doing} '[^']+': Get "[^"]+/info/refs\\?service=git-upload-pack": ${words}$`,
            ),
          ),
        });
        await at.see(() => sourceOf("cut", "brief"), timedOut("clone", "context deadline exceeded"));
        await at.see(() => sourceOf("cut", "patient"), timedOut("clone", "dial tcp [\\d.]+:\\d+: i/o timeout"));
        await at.see(() => sourceOf("ok"), {
          ...timedOut("list remote for", "context deadline exceeded"),
          ArtifactInStorage: like(/^True Succeeded: /),
        });
        await at.hear(
          () => at.events(of("ok")),
          /^Warning GitOperationFailed GitRepository: .*unable to list remote for/,
        );
      });

      test("what is applied stays so", async () => {
        expect(await appliedOf("ok")).toMatchObject(applied);
      });

      test("fetches again once the way is open", async () => {
        await at.site.git.mend();
        await at.poke("GitRepository", of("ok"), "app");
        await at.see(() => sourceOf("ok"), fetched);
        await at.see(async () => Object.keys(await sourceOf("ok")).sort(), ["ArtifactInStorage", "Ready"]);
      });
    });

    describe("told which commit", () => {
      let old = "";
      let newer = "";
      const revisionOf = async (as: string) =>
        (await at.get("GitRepository", of("pinned"), as)).status?.artifact?.revision;

      beforeAll(async () => {
        named.pinned = await at.namespace("pinned");
        const note = (text: string) =>
          `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\ndata: {text: ${text}}\n`;
        const { commit } = at.site.git;
        old = commit("pinned", { "k8s/kustomization.yaml": "resources: [note.yaml]\n", "k8s/note.yaml": note("old") });
        newer = commit("pinned", { "k8s/note.yaml": note("newer") });
        await source("pinned", "pinned", { ref: { branch: "main", commit: old } });
        await source("pinned", "pinned", { ref: { commit: old } }, "alone");
        await source("pinned", "pinned", { ref: { branch: "main", commit: "f".repeat(40) } }, "unknown");
        await kustomization("pinned", "./k8s");
      });

      test("fetches that one, and names the branch in the revision if it was told one", async () => {
        await at.see(() => revisionOf("app"), expect.stringMatching(`^main@sha1:${old}$`));
        await at.see(() => revisionOf("alone"), expect.stringMatching(`^sha1:${old}$`));
        await at.see(() => appliedOf("pinned"), {
          Ready: `True ReconciliationSucceeded: Applied revision: main@sha1:${old}`,
        });
        expect((await at.get("ConfigMap", of("pinned"), "note")).data).toEqual({ text: "old" });
        await at.see(() => sourceOf("pinned", "unknown"), {
          Ready: `False GitOperationFailed: failed to checkout and determine revision: unable to resolve commit object for '${"f".repeat(40)}': object not found`,
        });
      });

      test("clones it whole each time that it looks, and stores it once", async () => {
        const before = (await at.get("GitRepository", of("pinned"), "app")).status.artifact;
        await at.poke("GitRepository", of("pinned"), "app");
        await at.hear(
          () => at.events(of("pinned")),
          new RegExp(
            `^Normal ArtifactUpToDate GitRepository: artifact up-to-date with remote revision: 'main@sha1:${old}'$`,
          ),
        );
        expect((await at.get("GitRepository", of("pinned"), "app")).status.artifact).toEqual(before);
      });

      test("goes on to another when it is told another", async () => {
        await at.change("GitRepository", of("pinned"), "app", { spec: { ref: { commit: newer } } });
        await at.see(() => at.get("ConfigMap", of("pinned"), "note"), { data: { text: "newer" } });
        await at.see(() => at.get("Kustomization", of("pinned"), "app"), {
          status: { lastAppliedRevision: `main@sha1:${newer}`, lastAttemptedRevision: `main@sha1:${newer}` },
        });
      });
    });

    test("does nothing while it is suspended, says nothing of it, and makes up for it afterwards", async () => {
      named.held = await at.namespace("held");
      const map = (name: string) => ({
        "k8s/map.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`,
      });
      at.site.git.commit("held", { "k8s/kustomization.yaml": "resources: [map.yaml]\n", ...map("before") });
      await source("held", "held");
      await kustomization("held", "./k8s");
      await at.see(() => appliedOf("held"), applied);
      const suspend = async (plural: string, suspend: boolean) => {
        const group = plural === "kustomizations" ? "kustomize" : "source";
        const path = `/apis/${group}.toolkit.fluxcd.io/v1/namespaces/${of("held")}/${plural}/app?fieldManager=flux`;
        const { status } = await at.site.server.send("PATCH", path, { body: { spec: { suspend } }, type: PATCH.merge });
        expect(status).toBe(200);
      };
      await suspend("gitrepositories", true);
      await suspend("kustomizations", true);
      const { status, metadata } = await at.get("GitRepository", of("held"), "app");
      expect(metadata.managedFields).toContainEqual(
        expect.objectContaining({ manager: "flux", operation: "Update", fieldsV1: { "f:spec": { "f:suspend": {} } } }),
      );
      const sha = at.site.git.commit("held", map("held"));
      const requested = {
        GitRepository: await at.poke("GitRepository", of("held"), "app"),
        Kustomization: await at.poke("Kustomization", of("held"), "app"),
      };
      // They say that they have seen it, and do nothing else.
      for (const [kind, lastHandledReconcileAt] of Object.entries(requested))
        await at.see(() => at.get(kind, of("held"), "app"), {
          status: { observedGeneration: 2, lastHandledReconcileAt },
        });
      const held = await at.get("GitRepository", of("held"), "app");
      expect(held.status.artifact).toEqual(status.artifact);
      expect(await sourceOf("held")).toMatchObject(fetched);
      await suspend("gitrepositories", false);
      await at.see(() => sourceOf("held"), { Ready: like(new RegExp(`sha1:${sha}'$`)) });
      expect(await appliedOf("held")).toMatchObject(applied);
      expect((await at.get("ConfigMap", of("held"), "held")).kind).toBe("Status");
      await suspend("kustomizations", false);
      await at.see(() => appliedOf("held"), { Ready: like(new RegExp(`sha1:${sha}$`)) });
      // The one that was applied before is not in the new inventory, and goes.
      expect((await at.get("Kustomization", of("held"), "app")).status.inventory.entries).toEqual([
        { id: `${of("held")}_held__ConfigMap`, v: "v1" },
      ]);
      expect((await at.get("ConfigMap", of("held"), "before")).kind).toBe("Status");
    });

    test("takes away what a commit takes away, and all of it when the Kustomization goes", async () => {
      at.site.git.commit("app", { "k8s/base/kustomization.yaml": "resources: [deployment.yaml]\n" });
      await at.poke("GitRepository", of("ok"), "app");
      await at.see(() => at.list("Service", of("ok")), []);
      await at.hear(() => at.events(of("ok")), /^Normal \w+ Kustomization: Service\/\S+\/app deleted$/);
      await at.remove("Kustomization", of("ok"), "app");
      await at.see(() => at.list("Deployment", of("ok")), []);
      await at.see(() => at.list("Kustomization", of("ok")), []);
    });
  });
}
