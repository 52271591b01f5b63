import type { JobContext } from "./job-context.ts";

/** The tags of docker/metadata-action for the types that a template uses: sha, raw, ref. https://github.com/docker/metadata-action#tags-input */
export function imageTags(context: JobContext, inputs: Record<string, string>): string[] {
  const images = linesOf(inputs.images).map((image) => image.toLowerCase());
  const specs = linesOf(inputs.tags);
  const tags = (specs.length > 0 ? specs : ["type=ref,event=branch"]).flatMap((spec) => tagOf(context, spec));
  if (/latest=true/.test(inputs.flavor ?? "")) tags.push("latest");
  return images.flatMap((image) => [...new Set(tags)].map((tag) => `${image}:${tag}`));
}

function tagOf({ run, repository, env }: JobContext, spec: string): string[] {
  const fields = Object.fromEntries(
    spec.split(",").map((part) => part.trim().split(/=(.*)/s).slice(0, 2) as [string, string]),
  ); // split gives name and value
  if (fields.enable === "false") return [];
  switch (fields.type) {
    case "sha": {
      const length = fields.format === "long" ? 40 : Number(env.DOCKER_METADATA_SHORT_SHA_LENGTH ?? 7);
      return [`${fields.prefix ?? "sha-"}${run.headSha.slice(0, length)}`];
    }
    case "ref":
      return [run.headBranch.replaceAll("/", "-")];
    case "raw":
      return fields.value === "{{sha}}" ? [run.headSha.slice(0, 7)] : [fields.value ?? ""];
    case undefined:
      return [spec.trim()];
    default:
      return run.headBranch === repository.defaultBranch && fields.type === "edge" ? ["edge"] : [];
  }
}

function linesOf(text = ""): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
