import { type GitRepository, gitRepositoryOf } from "../../facts/git-repository.ts";
import { type Kustomization, kustomizationOf } from "../../facts/kustomization.ts";
import { KINDS } from "../../project/kinds.ts";
import { PROJECT_LABEL } from "../../project/ownership.ts";
import type { KubeObject } from "../../project/ports/cluster.ts";
import type { Check, Found } from "../check.ts";

type FluxObject = GitRepository | Kustomization;

const READ: ["GitRepository" | "Kustomization", (object: KubeObject) => FluxObject][] = [
  ["GitRepository", gitRepositoryOf],
  ["Kustomization", kustomizationOf],
];
/** A controller that runs has looked at an object long before. */
const PATIENCE_MS = 60_000;
/** So many projects tell as well as all of them. */
const SAMPLE = 20;

/** Do Flux's controllers look at what they are given? Told from projects' own objects: the bot may not see Flux's pods. */
export const controllers: Check = {
  name: "controllers",
  async run({ ports: { cluster, projects, clock } }): Promise<Found> {
    const stored = await projects.list();
    const names = stored.projects.slice(0, SAMPLE).map(({ metadata }) => metadata.name);
    const found = await Promise.all(
      READ.map(async ([kind, parse]) => {
        const { apiVersion } = KINDS[kind];
        if (!(await cluster.serves(apiVersion, kind))) return [];
        const lists = await Promise.all(
          names.map((name) => cluster.list(apiVersion, kind, { labels: { [PROJECT_LABEL]: name } })),
        );
        return lists.flat().map(parse);
      }),
    );
    const ignored = found.flat().find((object) => !isSeen(object) && ageOf(object, clock.now()) > PATIENCE_MS);
    if (ignored) {
      const { kind, name, namespace } = ignored;
      const minutes = Math.round(ageOf(ignored, clock.now()) / 60_000);
      const params = { kind, object: `${namespace}/${name}`, minutes };
      return { state: "failed", reason: "flux-silent", params };
    }
    return found.every((objects) => objects.some(isSeen))
      ? { state: "ok", reason: "ControllersWork", params: { count: found.flat().length } }
      : { state: "unknown", reason: "ControllersUnseen" };
  },
};

/** Suspended, it need not be looked at. */
function isSeen({ suspended, conditions }: FluxObject): boolean {
  return suspended || conditions.Ready !== undefined;
}

function ageOf({ createdAt }: FluxObject, now: Date): number {
  return createdAt === undefined ? 0 : now.getTime() - createdAt.getTime();
}
