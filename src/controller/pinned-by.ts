import type { Environment } from "../project/project.ts";
import type { Wish } from "../project/wish.ts";

/** Environments as these wishes, oldest first, have them: held at a commit, or following the branch. Pure. */
export function pinnedBy(wishes: readonly Wish[], environments: Environment[]): Environment[] {
  return environments.map((environment) =>
    wishes
      .filter(({ params }) => params.environment === environment.name)
      .reduce<Environment>((held, { kind, params: { commit } }) => {
        const { commit: _, tag: __, ...rest } = held;
        if (kind === "pin" && commit !== undefined) return { ...rest, follow: "pinned", commit };
        return kind === "unpin" ? { ...rest, follow: "branch" } : held;
      }, environment),
  );
}
