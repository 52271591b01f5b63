import { gitRepositoryOf as readGitRepository } from "../facts/git-repository.ts";
import { GIT_REPOSITORY, gitRepositoryOf, sourceNameOf } from "./git-repository-of.ts";
import { manifestsHere } from "./manifests-here.ts";
import type { Step } from "./step.ts";
import { unreadable } from "./unreadable.ts";

/** So many commits' manifests stay in the cluster: going back to one of them needs no GitHub. */
const KEPT = 3;

/**
 * The manifests of the wanted commit, in a source of their own. By the branch Flux would run ahead of the build: what both
 * changed would arrive in two parts.
 */
export const source: Step = {
  name: "source",
  scope: "environment",
  stage: "cluster",
  after: ["git-repository"],

  async ensure(context) {
    const { project, ports, here, status, retrying } = context;
    const { namespace } = here.environment;
    const found = manifestsHere(context);
    if (found.state === "none") return { state: "done", reason: "ClusterReady" };
    if (found.state === "unknown") return unreadable(found.reason);
    // Where what runs has the same manifests there is nothing to fetch, but from the branch's own source they are moved.
    const needed = found.state === "same" && found.source !== sourceNameOf(project) ? undefined : found.commit;
    const released = status.sources ?? [];
    const kept = released.slice(-KEPT);
    const made = [];
    let told = true;
    for (const commit of new Set([...kept, ...(needed === undefined ? [] : [needed])])) {
      const object = gitRepositoryOf(project, namespace, commit);
      if (!object) continue;
      const { name, uid, conditions } = readGitRepository(await ports.cluster.apply(object));
      if (commit === needed && !conditions.Ready) told = false;
      if (commit === needed && retrying)
        await ports.cluster.poke({ apiVersion: GIT_REPOSITORY, kind: "GitRepository", namespace, name });
      made.push({ kind: "GitRepository", name, namespace, ...(uid === "" ? {} : { id: uid }) });
    }
    const removed = [];
    for (const commit of new Set([...released.slice(0, -KEPT), status.fetching ?? ""])) {
      if (commit === "" || commit === needed || kept.includes(commit)) continue;
      const name = sourceNameOf(project, commit);
      await ports.cluster.delete({ apiVersion: GIT_REPOSITORY, kind: "GitRepository", namespace, name });
      removed.push({ kind: "GitRepository", name, namespace });
    }
    const learned = { environment: { sources: kept, fetching: needed } };
    return told
      ? { state: "done", reason: "ClusterReady", made, removed, learned }
      : { state: "waiting", reason: "SourceFetching", made, learned };
  },
};
