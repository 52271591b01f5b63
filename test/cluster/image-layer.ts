import { execFile } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Testbed } from "./testbed.ts";

const run = promisify(execFile);

/** A layer with the testbed's small application as /srv/server: a real program, for tests that only need a pod. */
export async function imageLayer(at: Testbed, work: string): Promise<string> {
  const exported = join(work, "app.tar");
  await at.crane("export", `${at.registry}/testbed/app:1`, exported);
  const root = join(work, "layer");
  await mkdir(join(root, "srv"), { recursive: true });
  await run("tar", ["-C", work, "-xf", exported, "app"]);
  await copyFile(join(work, "app"), join(root, "srv", "server"));
  const layer = join(work, "layer.tar");
  await run("tar", ["-C", root, "-cf", layer, "srv"]);
  return layer;
}
