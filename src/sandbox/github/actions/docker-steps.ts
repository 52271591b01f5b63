import { posix } from "node:path";
import { objectType, readBlob } from "../git/read-object.ts";
import type { BuildRequest } from "./build-request.ts";
import type { JobContext } from "./job-context.ts";

/** The progress lines BuildKit would print for the commit's own Dockerfile. */
export async function dockerSteps(context: JobContext, request: BuildRequest): Promise<string[]> {
  const path = posix.normalize(request.dockerfile ?? posix.join(request.folder, "Dockerfile"));
  const name = `${context.run.headSha}:${path.replace(/^\.\//, "")}`;
  const exists = (await objectType(context.directory, name)) === "blob";
  const text = exists ? (await readBlob(context.directory, name)).toString() : "FROM scratch\nCOPY . .\n";
  const instructions = text
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => /^(FROM|RUN|COPY|ADD|WORKDIR)\b/.test(line));
  return [
    "#1 [internal] load build definition from Dockerfile",
    ...instructions.map((line, index) => `#${index + 2} [${index + 1}/${instructions.length}] ${line}`),
    `#${instructions.length + 2} exporting to image`,
  ];
}
