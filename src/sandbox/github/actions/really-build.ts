import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runGit } from "../git/run-git.ts";
import { packageOf } from "../registry/package-of.ts";
import { putManifest } from "../registry/put-manifest.ts";
import type { BuildRequest, OwnImage } from "./build-request.ts";
import { failStep } from "./fail-step.ts";
import type { JobContext } from "./job-context.ts";
import type { StepResult } from "./step-result.ts";

/** Runs the given builder on a checkout of the commit; it pushes with the workflow's own token, and its output is the log. */
export async function reallyBuild(
  context: JobContext,
  command: string,
  request: BuildRequest,
  images: OwnImage[],
): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-build-"));
  try {
    const source = join(folder, "source");
    await mkdir(source);
    await runGit(context.directory, ["--work-tree", source, "checkout", "--force", context.run.headSha, "--", "."], {
      env: { GIT_INDEX_FILE: join(folder, "index") },
    });
    for (const [name, group] of Map.groupBy(images, (image) => image.name)) {
      const [first, ...others] = group;
      if (!first) continue;
      const code = await runBuilder(
        context,
        command,
        join(source, request.folder),
        `${registryOf(context)}/${name}:${first.tag}`,
        folder,
      );
      if (code !== 0) return failStep(context, `ERROR: failed to build: ${command} ended with exit code ${code}`);
      for (const other of others) await addTag(context, first, other);
    }
    return { conclusion: "success", outputs: {} };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function registryOf({ hub }: JobContext): string {
  return new URL(hub.address.registryLocal).host;
}

async function runBuilder(
  context: JobContext,
  command: string,
  source: string,
  image: string,
  folder: string,
): Promise<number> {
  const auth = Buffer.from(`x-access-token:${context.token}`).toString("base64");
  const file = join(folder, "config.json");
  await writeFile(file, JSON.stringify({ auths: { [registryOf(context)]: { auth } } }));
  // By a shell, because the command is a line with its own options; what is added to it goes as arguments.
  const child = spawn("/bin/sh", ["-c", `${command} "$@"`, "build", source, image], {
    env: { ...process.env, REGISTRY_AUTH_FILE: file, DOCKER_CONFIG: folder },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const stop = () => {
    try {
      if (child.pid) process.kill(-child.pid);
    } catch {
      // It has ended by itself.
    }
  };
  context.signal.addEventListener("abort", stop, { once: true });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => context.log(line));
  const [code] = await once(child, "close");
  context.signal.removeEventListener("abort", stop);
  context.signal.throwIfAborted();
  return typeof code === "number" ? code : 1;
}

/** The builder has pushed one tag; the others name the same manifest. */
async function addTag({ hub, blobs, repository }: JobContext, first: OwnImage, other: OwnImage): Promise<void> {
  const version = packageOf(hub.state, first.name)?.versions.find((one) => one.tags.includes(first.tag));
  if (!version) return;
  const content = await blobs.readAll(version.digest);
  const { name, tag: reference } = other;
  await putManifest(hub, blobs, {
    name,
    reference,
    mediaType: version.mediaType,
    content,
    repository,
    actor: "github-actions[bot]",
  });
}
