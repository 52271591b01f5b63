import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Manifests } from "../../src/project/ports/github.ts";
import type { Deploy } from "../../src/project/project.ts";
import { known, type Read, unknown } from "../../src/project/read.ts";
import { manifestsHere } from "../../src/steps/manifests-here.ts";
import { release } from "../../src/steps/release.ts";
import { source } from "../../src/steps/source.ts";
import { commit } from "../builders/facts.ts";
import { kustomization } from "../builders/objects.ts";
import { at, NOW } from "../builders/project.ts";
import { SHA } from "../builders/run.ts";
import { contextOf, type Given } from "../builders/step-context.ts";
import { createWorld } from "../builders/world/create-world.ts";

const TAG = SHA.slice(0, 12);
const OTHER = "b".repeat(40);
const OTHER_TAG = OTHER.slice(0, 12);
const HELD = `rrr-${TAG}`;
const OTHER_HELD = `rrr-${OTHER_TAG}`;

/** Flux's source of the branch, or one that is held at a commit; with what it has in store. */
const fetched = (name: string, artifact: string | undefined, spec: object = {}): KubeObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name, namespace: "rrr", generation: 1 },
  spec,
  status: artifact === undefined ? {} : { artifact: { revision: `sha1:${artifact}` } },
});
const applied = (sha: string, from: string): KubeObject => ({
  ...kustomization([]),
  spec: { sourceRef: { name: from } },
  status: { lastAppliedRevision: `sha1:${sha}` },
});
const tree = (name: string, reachesOut = false): Read<Manifests> => known({ tree: name, reachesOut });
const pushed = { status: { phase: "Live" as const }, seen: { head: known(commit({ sha: OTHER })) } };

describe("manifests of the wanted commit", () => {
  const where = (given: Given) => {
    const found = manifestsHere(contextOf(given));
    return [found.state, "source" in found ? found.source : "reason" in found ? found.reason : ""];
  };

  test.each<[string, Given, [string, string]]>([
    ["are nowhere before there is a commit", { status: { launch: {} } }, ["none", ""]],
    ["are to be fetched", {}, ["missing", HELD]],
    ["are being fetched", { here: { objects: [fetched(HELD, undefined)] } }, ["missing", HELD]],
    ["are not the branch's, which runs ahead", { here: { objects: [fetched("rrr", SHA)] } }, ["missing", HELD]],
    ["are fetched", { here: { objects: [fetched(HELD, SHA)] } }, ["fetched", HELD]],
    [
      "are not those of a source that has another commit",
      { here: { objects: [fetched(HELD, OTHER)] } },
      ["missing", HELD],
    ],
    [
      "cannot be told while sources cannot be read",
      { here: { unread: { GitRepository: unknown("403") } } },
      ["unknown", "403"],
    ],
    [
      "are there, released before, whatever became of their source",
      { remembered: { released: SHA, source: "rrr" } },
      ["same", "rrr"],
    ],
    [
      "are to be fetched where it is not said what they were released from",
      { remembered: { released: SHA } },
      ["missing", HELD],
    ],
    ["are applied already", { here: { objects: [applied(SHA, "rrr")] } }, ["same", "rrr"]],
    [
      "are the same as what is applied of another commit",
      {
        seen: { manifests: { [SHA]: tree("t"), [OTHER]: tree("t") } },
        here: { objects: [applied(OTHER, OTHER_HELD)] },
      },
      ["same", OTHER_HELD],
    ],
    [
      "are others than what is applied",
      {
        seen: { manifests: { [SHA]: tree("t"), [OTHER]: tree("u") } },
        here: { objects: [applied(OTHER, OTHER_HELD)] },
      },
      ["missing", HELD],
    ],
    [
      "may be others though the tree is the same, where it refers to what lies outside",
      {
        seen: { manifests: { [SHA]: tree("t", true), [OTHER]: tree("t") } },
        here: { objects: [applied(OTHER, OTHER_HELD)] },
      },
      ["missing", HELD],
    ],
    [
      "may be others though the tree is the same, where what is applied refers to what lies outside",
      {
        seen: { manifests: { [SHA]: tree("t"), [OTHER]: tree("t", true) } },
        here: { objects: [applied(OTHER, OTHER_HELD)] },
      },
      ["missing", HELD],
    ],
    [
      "cannot be compared while GitHub does not tell their tree",
      {
        seen: { manifests: { [SHA]: unknown("502"), [OTHER]: tree("t") } },
        here: { objects: [applied(OTHER, OTHER_HELD)] },
      },
      ["unknown", "502"],
    ],
    [
      "are to be fetched where GitHub does not tell the tree of what is applied",
      {
        seen: { manifests: { [SHA]: tree("t"), [OTHER]: unknown("502") } },
        here: { objects: [applied(OTHER, OTHER_HELD)] },
      },
      ["missing", HELD],
    ],
    [
      "are no others where a commit has none: both are to be fetched, and Flux says so",
      {
        seen: { manifests: { [SHA]: known(undefined), [OTHER]: known(undefined) } },
        here: { objects: [applied(OTHER, OTHER_HELD)] },
      },
      ["missing", HELD],
    ],
    [
      "are the head's, of a live project",
      { ...pushed, here: { objects: [fetched(HELD, SHA)] } },
      ["missing", OTHER_HELD],
    ],
    [
      "are those of the commit that it is pinned to",
      { ...pushed, here: { environment: { follow: "pinned", commit: SHA }, objects: [fetched(HELD, SHA)] } },
      ["fetched", HELD],
    ],
    [
      "are fetched though GitHub is out of reach",
      { seen: { head: unknown("502"), manifests: { [SHA]: unknown("502") } }, here: { objects: [fetched(HELD, SHA)] } },
      ["fetched", HELD],
    ],
  ])("%s", (_, given, wanted) => expect(where(given)).toEqual(wanted));
});

describe("the source", () => {
  const spec = z.object({ ref: z.object({ branch: z.string(), commit: z.string() }), interval: z.string() });
  const taken = async (given: Given) => {
    const world = given.world ?? createWorld();
    const context = contextOf({ ...given, world });
    world.cluster.changes.length = 0;
    const outcome = await source.ensure(context);
    return { outcome, changes: world.cluster.changes, world };
  };

  test("is made for the wanted commit, held at it on the branch", async () => {
    const { outcome, world } = await taken({});
    expect(outcome).toMatchObject({
      state: "done",
      reason: "ClusterReady",
      made: [{ kind: "GitRepository", name: HELD, namespace: "rrr", id: expect.any(String) }],
      learned: { environment: { sources: [], fetching: SHA } },
    });
    const made = spec.parse(world.cluster.objects.get(`GitRepository/rrr/${HELD}`)?.spec);
    expect(made).toEqual({ ref: { branch: "main", commit: SHA }, interval: "24h" });
  });

  test.each<[string, Given, string]>([
    ["has nothing to fetch before there is a commit", { status: { launch: {} } }, "done ClusterReady"],
    [
      "waits while sources cannot be read",
      { here: { unread: { GitRepository: unknown("403") } } },
      "waiting Unreadable",
    ],
    [
      "has nothing to fetch where what is applied has the same manifests",
      { here: { objects: [applied(SHA, HELD)] } },
      "done ClusterReady",
    ],
  ])("%s", async (_, given, wanted) => {
    const { outcome, changes } = await taken(given);
    expect(`${outcome.state} ${"reason" in outcome ? outcome.reason : ""}`).toBe(wanted);
    expect(changes).toEqual([]);
  });

  test("waits until Flux has said something of it, for however long that takes", async () => {
    const world = createWorld();
    const { cluster } = world.controller.ports;
    const apply: typeof cluster.apply = async (object) => ({ ...(await cluster.apply(object)), status: {} });
    world.controller.ports = { ...world.controller.ports, cluster: { ...cluster, apply } };
    const { outcome } = await taken({ world, seen: { at: at(7200) } });
    expect(outcome).toMatchObject({ state: "waiting", reason: "SourceFetching", made: [{ name: HELD }] });
  });

  test("goes on though the fetch fails: that is a rule's to tell", async () => {
    const world = createWorld();
    world.cluster.flux.reachesGit = false;
    expect((await taken({ world })).outcome).toMatchObject({ state: "done" });
  });

  test("of what runs from the branch's own is made too, so that it moves to one of its own", async () => {
    const { changes } = await taken({ here: { objects: [applied(SHA, "rrr")] } });
    expect(changes).toEqual([`make GitRepository/rrr/${HELD}`]);
  });

  test("is asked to look again when a person presses Retry", async () => {
    expect((await taken({ retrying: true })).changes).toContain(`poke GitRepository/rrr/${HELD}`);
    expect((await taken({})).changes).not.toContain(`poke GitRepository/rrr/${HELD}`);
  });

  test("keeps the last three that were released, and removes those before, and one that nobody waits for any more", async () => {
    const shas = ["1", "2", "3", "4", "5"].map((digit) => digit.repeat(40));
    const names = shas.map((sha) => `rrr-${sha.slice(0, 12)}`);
    const { outcome, world } = await taken({ remembered: { sources: shas, fetching: OTHER } });
    expect(outcome).toMatchObject({
      made: [...names.slice(2), HELD].map((name) => ({ name })),
      removed: [...names.slice(0, 2), OTHER_HELD].map((name) => ({ kind: "GitRepository", name, namespace: "rrr" })),
      learned: { environment: { sources: shas.slice(2), fetching: SHA } },
    });
    expect(world.cluster.objects.has(`GitRepository/rrr/${names[2]}`)).toBe(true);
  });

  test("removes no commit that is wanted again", async () => {
    const shas = [SHA, "2".repeat(40), "3".repeat(40), "4".repeat(40)];
    const { outcome } = await taken({ remembered: { sources: shas, fetching: SHA } });
    expect(outcome).toMatchObject({ removed: [] });
  });
});

describe("the release", () => {
  const manifests = { objects: [fetched(HELD, SHA), fetched(OTHER_HELD, OTHER)] };
  const given = z.object({
    sourceRef: z.object({ name: z.string() }),
    images: z.tuple([z.object({ newTag: z.string() })]),
  });
  /** `tag of source` that Flux was given; undefined: nothing. */
  const taken = async (what: Given) => {
    const world = what.world ?? createWorld();
    const outcome = await release.ensure(contextOf({ ...what, world }));
    const object = world.cluster.objects.get("Kustomization/rrr/rrr");
    const spec = object && given.parse(object.spec);
    const reason = "reason" in outcome ? outcome.reason : undefined;
    return {
      outcome,
      world,
      said: [outcome.state, reason].filter(Boolean).join(" "),
      given: spec && `${spec.images[0].newTag} of ${spec.sourceRef.name}`,
    };
  };
  const live = (sha: string, tag = sha.slice(0, 12)): Deploy => ({
    ...{ sha, tag, author: "", title: "", url: "", startedAt: NOW.toISOString(), state: "live", stages: [] },
  });
  const there = (...tags: string[]) => Object.fromEntries(tags.map((tag) => [tag, known(true)]));
  const before = { tag: TAG, released: SHA, source: HELD, sources: [SHA] };

  test.each<[string, Given, string, string | undefined]>([
    ["waits for a commit", { status: { launch: {} } }, "waiting RolloutWaitsForImage", undefined],
    [
      "waits for the image",
      { here: manifests, seen: { images: { [TAG]: known(false) } } },
      "waiting RolloutWaitsForImage",
      undefined,
    ],
    [
      "waits while the registry cannot be read",
      { here: manifests, seen: { images: { [TAG]: unknown("502") } } },
      "waiting RolloutWaitsForImage",
      undefined,
    ],
    ["waits for the manifests", { seen: { images: there(TAG) } }, "waiting RolloutWaitsForSource", undefined],
    [
      "waits while it cannot be told whether the manifests are there",
      { here: { unread: { GitRepository: unknown("403") } }, seen: { images: there(TAG) } },
      "waiting Unreadable",
      undefined,
    ],
    ["gives both once both are there", { here: manifests, seen: { images: there(TAG) } }, "done", `${TAG} of ${HELD}`],
    [
      "keeps what it gave while the registry cannot be read",
      { here: manifests, seen: { images: { [TAG]: unknown("502") } }, remembered: before },
      "done",
      `${TAG} of ${HELD}`,
    ],
    [
      "of a live project keeps the old whole until the new image is there",
      {
        ...pushed,
        here: manifests,
        seen: { ...pushed.seen, images: { ...there(TAG), [OTHER_TAG]: known(false) } },
        remembered: before,
      },
      "waiting RolloutWaitsForImage",
      `${TAG} of ${HELD}`,
    ],
    [
      "of a live project keeps the old whole until the new manifests are there",
      {
        ...pushed,
        here: { objects: [fetched(HELD, SHA)] },
        seen: { ...pushed.seen, images: there(TAG, OTHER_TAG) },
        remembered: before,
      },
      "waiting RolloutWaitsForSource",
      `${TAG} of ${HELD}`,
    ],
    [
      "of a live project takes both of the new commit then",
      { ...pushed, here: manifests, seen: { ...pushed.seen, images: there(OTHER_TAG) }, remembered: before },
      "done",
      `${OTHER_TAG} of ${OTHER_HELD}`,
    ],
    [
      "of a commit that changed manifests alone takes them with the image of before",
      {
        ...pushed,
        here: manifests,
        seen: {
          ...pushed.seen,
          images: { [OTHER_TAG]: known(false) },
          lineage: known({ sha: OTHER, nearest: SHA, onlyManifests: true }),
        },
        remembered: before,
      },
      "done",
      `${TAG} of ${OTHER_HELD}`,
    ],
    [
      "of a commit that ran once needs no registry: its image was there",
      {
        status: { phase: "Live", deploys: [live(OTHER), live(SHA)] },
        here: { ...manifests, environment: { follow: "pinned", commit: OTHER } },
        seen: { head: known(commit()), images: { [OTHER_TAG]: unknown("502") } },
        remembered: before,
      },
      "done",
      `${OTHER_TAG} of ${OTHER_HELD}`,
    ],
    [
      "of a commit whose deploy failed does need the registry",
      {
        status: { phase: "Live", deploys: [{ ...live(OTHER), state: "failed" }, live(SHA)] },
        here: { ...manifests, environment: { follow: "pinned", commit: OTHER } },
        seen: { head: known(commit()), images: { [OTHER_TAG]: unknown("502") } },
        remembered: before,
      },
      "waiting RolloutWaitsForImage",
      `${TAG} of ${HELD}`,
    ],
    [
      "stays at the commit that it is pinned to, whatever is pushed",
      {
        ...pushed,
        here: { ...manifests, environment: { follow: "pinned", commit: SHA } },
        seen: { ...pushed.seen, images: there(TAG, OTHER_TAG) },
        remembered: before,
      },
      "done",
      `${TAG} of ${HELD}`,
    ],
    [
      "takes the tag that a person set, whatever the registry has",
      { here: { ...manifests, environment: { tag: "v1" } }, seen: { images: { [TAG]: known(false) } } },
      "done",
      `v1 of ${HELD}`,
    ],
    [
      "takes nothing new while somebody has suspended the branch's source",
      {
        ...pushed,
        here: { objects: [...manifests.objects, fetched("rrr", SHA, { suspend: true })] },
        seen: { ...pushed.seen, images: there(OTHER_TAG) },
        remembered: before,
      },
      "waiting RolloutSuspended",
      `${TAG} of ${HELD}`,
    ],
    [
      "keeps what is released though somebody has suspended the branch's source",
      {
        here: { objects: [...manifests.objects, fetched("rrr", SHA, { suspend: true })] },
        seen: { images: there(TAG) },
        remembered: before,
      },
      "done",
      `${TAG} of ${HELD}`,
    ],
    [
      "of a project from before sources had a name takes the Kustomization's, until its own is there",
      { here: { objects: [applied(OTHER, "rrr")] }, seen: { images: there(TAG) }, remembered: { tag: OTHER_TAG } },
      "waiting RolloutWaitsForSource",
      `${OTHER_TAG} of rrr`,
    ],
  ])("%s", async (_, what, said, flux) => {
    const found = await taken(what);
    expect([found.said, found.given]).toEqual([said, flux]);
  });

  test("remembers commit, tag, source and since when", async () => {
    const learned = async (what: Given) => {
      const { outcome } = await taken({ here: manifests, seen: { at: at(30), images: there(TAG) }, ...what });
      return outcome.state === "done" ? outcome.learned?.environment : outcome.state;
    };
    const first = { tag: TAG, tagSince: at(30).toISOString(), released: SHA, source: HELD, sources: [SHA] };
    expect(await learned({})).toEqual(first);
    const since = NOW.toISOString();
    expect(await learned({ remembered: { ...first, tagSince: since } })).toEqual({ ...first, tagSince: since });
    expect(await learned({ remembered: { ...first, sources: [SHA, OTHER] } })).toMatchObject({ sources: [OTHER, SHA] });
  });

  test("names no source of its own among those that are kept where it uses another commit's", async () => {
    const seen = { images: there(TAG), manifests: { [SHA]: tree("t"), [OTHER]: tree("t") } };
    const remembered = { tag: OTHER_TAG, released: OTHER, source: OTHER_HELD, sources: [OTHER] };
    const { outcome, given: flux } = await taken({ here: { objects: [applied(OTHER, OTHER_HELD)] }, seen, remembered });
    expect(flux).toBe(`${TAG} of ${OTHER_HELD}`);
    expect(outcome).toMatchObject({ learned: { environment: { released: SHA, source: OTHER_HELD } } });
    expect(outcome).not.toHaveProperty(["learned", "environment", "sources"]);
  });

  describe("of the count of pods", () => {
    const counted = async (replicas: number, remembered: Given["remembered"], more: Given["here"] = {}) => {
      const here = { ...more, objects: [...manifests.objects, ...(more.objects ?? [])], environment: { replicas } };
      const { said, world } = await taken({
        here,
        seen: { images: there(TAG) },
        remembered: { ...before, ...remembered },
      });
      const spec = world.cluster.objects.get("Kustomization/rrr/rrr")?.spec;
      const patches = z.object({ patches: z.array(z.object({ patch: z.string() })) }).safeParse(spec);
      const count = (patches.data?.patches ?? []).map(
        ({ patch }) => /"\/spec\/replicas","value":(\d+)/.exec(patch)?.[1],
      );
      return [said, count.find((each) => each !== undefined)];
    };
    const holding = (...ids: string[]): KubeObject => ({
      ...applied(SHA, HELD),
      status: { lastAppliedRevision: `sha1:${SHA}`, inventory: { entries: ids.map((id) => ({ id })) } },
    });
    const since = NOW.toISOString();

    test.each<[string, number, Given["remembered"], KubeObject[], string | undefined]>([
      ["says nothing while it is what it was launched with", 2, { launchedReplicas: 2 }, [], undefined],
      ["says nothing at first sight: the version before kept no count", 2, {}, [], undefined],
      ["gives another one", 3, { launchedReplicas: 2 }, [], "3"],
      ["gives another one that is none", 0, { launchedReplicas: 2 }, [], "0"],
      ["gives the first one again, once it was another", 2, { launchedReplicas: 2, scaledSince: since }, [], "2"],
      [
        "gives it beside whatever else is applied",
        3,
        { launchedReplicas: 2 },
        [holding("rrr_rrr_apps_Deployment", "rrr_rrr_policy_PodDisruptionBudget")],
        "3",
      ],
      [
        "leaves it to an autoscaler that the repository has",
        3,
        { launchedReplicas: 2 },
        [holding("rrr_rrr_apps_Deployment", "rrr_rrr_autoscaling_HorizontalPodAutoscaler")],
        undefined,
      ],
      [
        "leaves it to one of KEDA's",
        3,
        { launchedReplicas: 2, scaledSince: since },
        [holding("rrr_rrr_apps_Deployment", "rrr_rrr_keda.sh_ScaledObject")],
        undefined,
      ],
    ])("%s", async (_, replicas, remembered, objects, count) =>
      expect(await counted(replicas, remembered, { objects })).toEqual(["done", count]),
    );

    test("gives nothing while it cannot be told whether an autoscaler is there, and else goes on", async () => {
      const unread = { Kustomization: unknown("403") };
      expect(await counted(3, { launchedReplicas: 2 }, { unread })).toEqual(["waiting Unreadable", undefined]);
      expect(await counted(2, { launchedReplicas: 2 }, { unread })).toEqual(["done", undefined]);
    });

    test("gives it with what was released before, while the next commit is waited for", async () => {
      const { said, world } = await taken({
        ...pushed,
        here: { ...manifests, environment: { replicas: 3 } },
        seen: { ...pushed.seen, images: { ...there(TAG), [OTHER_TAG]: known(false) } },
        remembered: { ...before, launchedReplicas: 1 },
      });
      expect(said).toBe("waiting RolloutWaitsForImage");
      expect(JSON.stringify(world.cluster.objects.get("Kustomization/rrr/rrr")?.spec)).toContain("/spec/replicas");
    });
  });

  test("is one apply, of manifests and image together", async () => {
    const world = createWorld();
    const context = contextOf({ here: manifests, seen: { images: there(TAG) }, world });
    world.cluster.changes.length = 0;
    await release.ensure(context);
    expect(world.cluster.changes).toEqual(["make Kustomization/rrr/rrr"]);
  });

  test("is asked to look again when a person presses Retry", async () => {
    const { world } = await taken({ here: manifests, seen: { images: there(TAG) }, retrying: true });
    expect(world.cluster.changes).toContain("poke Kustomization/rrr/rrr");
  });
});
