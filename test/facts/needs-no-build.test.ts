import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/facts/facts.ts";
import type { Lineage } from "../../src/facts/lineage.ts";
import { needsNoBuild } from "../../src/facts/needs-no-build.ts";
import type { ProjectStatus } from "../../src/project/project.ts";
import { known, unknown } from "../../src/project/read.ts";
import { facts } from "../builders/facts.ts";
import { project } from "../builders/project.ts";
import { SHA } from "../builders/run.ts";

const TAG = SHA.slice(0, 12);
const OTHER = "b".repeat(40);
const image = (read: Facts["images"][string]) => ({ [TAG]: read });
const there = image(known(true));
const absent = image(known(false));
const away = image(unknown("502"));
const lineage = (given: Partial<Lineage> = {}): Facts["lineage"] =>
  known({ sha: SHA, nearest: OTHER, onlyManifests: false, ...given });
const gave = (given: Partial<ProjectStatus["environments"][number]>): Partial<ProjectStatus> => ({
  environments: [{ name: "production", ...given }],
});
const YES = known(true);
const NO = known(false);

describe("whether a commit still needs its build", () => {
  test.each<[string, Partial<Facts>, Partial<ProjectStatus>, ReturnType<typeof needsNoBuild>]>([
    ["no: the registry has its image", { images: there }, {}, YES],
    ["no: its image was given out, and the registry is away", { images: away }, gave({ tag: TAG }), YES],
    ["no: it was given another image", { images: absent }, gave({ released: SHA, tag: TAG.replace("3", "4") }), YES],
    ["no: it changes manifests alone", { images: absent, lineage: lineage({ onlyManifests: true }) }, {}, YES],
    ["yes: it has no image and changes more", { images: absent, lineage: lineage() }, {}, NO],
    [
      "yes: only manifests changed, and no commit before it has an image",
      { images: absent, lineage: lineage({ nearest: undefined, onlyManifests: true }) },
      {},
      NO,
    ],
    [
      "yes: the other image that it has is a pin's",
      { images: absent, lineage: lineage() },
      gave({ released: SHA, tag: "v9", pinnedTag: "v9" }),
      NO,
    ],
    ["unknown: the registry is away", { images: away, lineage: lineage() }, {}, unknown("502")],
    [
      "unknown: the registry refuses us",
      { images: image(unknown("403", "image-unauthorized")) },
      {},
      unknown("403", "image-unauthorized"),
    ],
    ["unknown: the registry was not asked", { lineage: lineage() }, {}, unknown({ because: "RegistryUnasked" })],
    [
      "unknown: what came before it cannot be read",
      { images: absent, lineage: unknown("no answer within 5 s") },
      {},
      unknown("no answer within 5 s"),
    ],
    ["unknown: nobody looked at what came before it", { images: absent }, {}, unknown({ because: "LineageUnseen" })],
    [
      "unknown: what was looked at came before another one",
      { images: absent, lineage: lineage({ sha: OTHER, onlyManifests: true }) },
      {},
      unknown({ because: "LineageUnseen" }),
    ],
  ])("%s", (_, seen, status, wanted) => {
    expect(needsNoBuild(project({ status }), facts(seen), SHA)).toEqual(wanted);
  });
});
