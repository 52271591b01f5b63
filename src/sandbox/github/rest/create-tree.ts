import { z } from "zod";
import { objectType, objectTypes } from "../git/read-object.ts";
import { writeBlobs } from "../git/write-blobs.ts";
import { writeTree } from "../git/write-tree.ts";
import { created } from "./answer.ts";
import { demandWorkflows } from "./demand-workflows.ts";
import { filledDirectory } from "./filled-directory.ts";
import { presentTree } from "./present-tree.ts";
import { refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

const entry = z.object({
  path: z.string(),
  mode: z.enum(["100644", "100755", "040000", "160000", "120000"]),
  type: z.enum(["blob", "tree", "commit"]).optional(),
  sha: z.string().nullish(),
  content: z.string().optional(),
});
const wantedTree = z.object({ base_tree: z.string().optional(), tree: z.array(entry) });

/** POST /git/trees: contents given in line are written with one run of git, shas that are given are looked up with another. */
export async function createTree(call: Call) {
  const wanted = call.body(wantedTree);
  const directory = filledDirectory(call);
  if (wanted.base_tree) {
    const type = await objectType(directory, wanted.base_tree);
    if (type !== "tree" && type !== "commit") refuse(404, "Not Found");
  }
  if (wanted.tree.length === 0) refuse(422, "Invalid tree info");
  for (const one of wanted.tree) demandEntry(one);
  demandWorkflows(
    call,
    wanted.tree.map((one) => one.path),
  );
  const inline = wanted.tree.flatMap((one) => (one.content === undefined ? [] : [Buffer.from(one.content)]));
  const written = (await writeBlobs(directory, inline)).values();
  const changes = wanted.tree.map(({ path, mode, sha, content }) => ({
    path,
    mode,
    sha: content === undefined ? (sha ?? null) : (written.next().value ?? null),
  }));
  const given = wanted.tree.filter((one) => one.content === undefined && one.sha && one.mode !== "160000");
  const types = await objectTypes(
    directory,
    given.map((one) => one.sha ?? ""),
  );
  const missing = given.find((one, index) => types[index] !== (one.mode === "040000" ? "tree" : "blob"));
  if (missing) refuse(422, `tree.sha ${missing.sha} is not a valid ${missing.type ?? "blob"}`);
  const sha = await writeTree(directory, wanted.base_tree ?? null, changes);
  return created(await presentTree(call, directory, sha, false));
}

function demandEntry({ path, sha, content }: z.output<typeof entry>): void {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git")) {
    refuse(422, "tree.path contains a malformed path component");
  }
  if (content === undefined && sha === undefined) refuse(422, "Must supply either tree.sha or tree.content.");
  if (content !== undefined && sha) refuse(422, "Must supply either tree.sha or tree.content, not both.");
}
