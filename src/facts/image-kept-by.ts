import type { Project } from "../project/project.ts";

/**
 * The image that a commit was given for which nothing builds one of its own: only manifests had changed, or the workflow was
 * not triggered. A run that was skipped is another matter: what it left unbuilt, a later one builds.
 */
export function imageKeptBy(
  { status }: Project,
  sha: string,
): { tag: string; why: "manifests" | "untriggered" } | undefined {
  const { params } =
    status.deploys
      .filter((deploy) => deploy.sha === sha)
      .flatMap(({ stages }) => stages)
      .findLast(({ stage, state, reason }) => stage === "build" && state === "done" && reason === "ImageKept") ?? {};
  if (typeof params?.tag !== "string" || (params.why !== "manifests" && params.why !== "untriggered")) return undefined;
  return { tag: params.tag, why: params.why };
}
