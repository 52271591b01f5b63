import { readFile } from "node:fs/promises";
import { denial } from "../registry/grant.ts";
import { pushImage } from "../registry/push-image.ts";
import { type Image, tinyImage, withLayer } from "../registry/tiny-image.ts";
import type { BuildRequest, OwnImage } from "./build-request.ts";
import { dockerSteps } from "./docker-steps.ts";
import { failStep } from "./fail-step.ts";
import type { JobContext } from "./job-context.ts";
import { reallyBuild } from "./really-build.ts";
import type { StepResult } from "./step-result.ts";

const BUILD_SECONDS = 110;

/** Builds and pushes: simulated by default, with the log that Docker would write; for real where a builder is given. */
export async function buildImage(context: JobContext, request: BuildRequest): Promise<StepResult> {
  const { hub, options } = context;
  const factor = hub.faults.slowBuild;
  hub.faults.slowBuild = 1;
  const bad = request.tags.find((tag) => !/^[^\s:@]+(:\d+)?(\/[a-z0-9._-]+)+(:[\w.-]{1,128})?$/.test(tag));
  if (bad !== undefined || request.tags.length === 0)
    return failStep(context, `ERROR: failed to build: invalid tag "${bad ?? ""}": invalid reference format`);
  const own = request.tags.flatMap((tag) => ownImage(context, tag));
  if (options.build && request.push) return await reallyBuild(context, options.build, request, own);
  if (!request.built) {
    const steps = await dockerSteps(context, request);
    for (const step of steps) {
      context.log(step);
      await context.work((BUILD_SECONDS * factor) / steps.length);
    }
  }
  return request.push ? await push(context, own) : done("");
}

async function push(context: JobContext, images: OwnImage[]): Promise<StepResult> {
  const { hub, token, blobs, repository } = context;
  const principal = hub.state.tokens[token] ?? { kind: "anonymous" };
  let digest = "";
  for (const [name, group] of Map.groupBy(images, (image) => image.name)) {
    context.log(`#20 pushing layers`);
    await context.work(4);
    const denied = denial(hub, principal, name, "push");
    if (denied !== null) {
      context.log(`#20 ERROR: failed to push ${group[0]?.image}: denied: ${denied}`);
      return failStep(
        context,
        `ERROR: failed to build: failed to solve: failed to push ${group[0]?.image}: denied: ${denied}`,
      );
    }
    const tags = group.map((image) => image.tag);
    digest = await pushImage(hub, blobs, await image(context), {
      name,
      tags,
      repository,
      actor: "github-actions[bot]",
    });
    for (const one of group) context.log(`#20 pushing manifest for ${one.image}@${digest} done`);
  }
  return done(digest);
}

async function image({ hub, repository, run, options }: JobContext): Promise<Image> {
  const full = `${repository.owner}/${repository.name}`;
  const facts = {
    project: repository.name,
    repository: full,
    commit: run.headSha,
    source: `${hub.address.server}/${full}`,
    created: hub.now(),
  };
  if (!options.imageLayer) return await tinyImage(facts, options.imageRuntime);
  return withLayer(await readFile(options.imageLayer), options.imageEntrypoint ?? [], facts);
}

/** Images of other registries are taken to be pushed and thrown away. */
function ownImage({ hub }: JobContext, image: string): OwnImage[] {
  const rest = image.startsWith(`${hub.registryHost}/`) ? image.slice(hub.registryHost.length + 1) : null;
  if (rest === null) return [];
  const [name = "", tag = "latest"] = rest.split(":");
  return [{ image, name, tag }];
}

function done(digest: string): StepResult {
  return { conclusion: "success", outputs: { digest, imageid: digest } };
}
