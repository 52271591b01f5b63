import { describe, expect, test } from "vitest";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
const IMAGE = "ghcr.io/acme/rrr";

const CHANGES = {
  code: ["server.js"],
  manifests: ["k8s/base/deployment.yaml"],
  both: ["server.js", "k8s/base/deployment.yaml"],
  neither: ["README.md"],
};
const BUILDS = ["success", "failure", "cancelled", "skipped"] as const;
type Change = keyof typeof CHANGES;
type Build = (typeof BUILDS)[number];

/** Which commit's manifests and whose image are there in the end, and what came of the deploy. */
function wanted(change: Change, build: Build): { manifests: "old" | "new"; image: "old" | "new"; state: string } {
  // There is nothing to build for it, whatever its run says.
  if (change === "manifests") return { manifests: "new", image: "old", state: "live" };
  switch (build) {
    case "success":
      return { manifests: "new", image: "new", state: "live" };
    case "skipped":
      return { manifests: "new", image: "old", state: "live" };
    case "failure":
      return { manifests: "old", image: "old", state: "failed" };
    case "cancelled":
      return { manifests: "old", image: "old", state: "superseded" };
  }
}

const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const applied = (world: MemoryWorld) => {
  const kustomization = world.cluster.objects.get("Kustomization/rrr/rrr");
  const { lastAppliedRevision } = Object(kustomization?.status);
  const { images } = Object(kustomization?.spec);
  return { commit: String(lastAppliedRevision).replace(/^.*sha1:/, ""), tag: String(images[0].newTag) };
};
/** The same manifests are the same, whichever commit they are of. */
const treeOf = async (world: MemoryWorld, sha: string) =>
  (await world.controller.ports.github.manifests({ owner: "acme", name: "rrr" }, sha))?.tree;

const CASES = (Object.keys(CHANGES) as Change[]).flatMap((change) => BUILDS.map((build) => ({ change, build })));

describe("of a push that changes", () => {
  test.each(CASES)("$change, and whose build ends as $build, what belongs together arrives", async (given) => {
    const { change, build } = given;
    const world = createWorld();
    world.github.build.seconds = 6;
    await world.create();
    await world.live();
    await world.pass();
    const first = world.status().launch.sha ?? "";
    world.github.build.conclusion = build;
    const sha = world.github.push(REPOSITORY, "Second", { paths: CHANGES[change] });
    const end = wanted(change, build);
    const tagOf = (which: "old" | "new") => (which === "new" ? sha : first).slice(0, 12);
    const seen = new Set<string>();
    for (let pass = 0; pass < 60; pass += 1) {
      const again = await world.pass();
      const { commit, tag } = applied(world);
      seen.add(`${await treeOf(world, commit)} ${tag}`);
      if (last(world)?.sha === sha && last(world)?.state !== "running") break;
      world.wait(Math.max(1, ((again?.getTime() ?? 0) - world.now().getTime()) / 1000));
    }
    expect(last(world)).toMatchObject({ sha, state: end.state });
    const pair = async (manifests: "old" | "new", image: "old" | "new") =>
      `${await treeOf(world, manifests === "new" ? sha : first)} ${tagOf(image)}`;
    // At no moment anything but what was there and what is there in the end: never half of each.
    expect([...seen].toSorted()).toEqual(
      [...new Set([await pair("old", "old"), await pair(end.manifests, end.image)])].toSorted(),
    );
    expect(applied(world).tag).toBe(tagOf(end.image));
    expect(world.github.packages.has(`${IMAGE}:${tagOf(end.image)}`)).toBe(true);
  });
});
