import { Buffer, isUtf8 } from "node:buffer";
import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { CommitFile, RepositoryName } from "../project/ports/github.ts";
import { parseAnswer } from "./parse-answer.ts";
import { type Sleep, untilReady } from "./until-ready.ts";

/** Larger files go as blobs of their own, so that one tree request stays small. */
const INLINE_AT_MOST = 256 * 1024;

/** Text goes inside the tree's own request; what is not text, or large, as a blob before it. https://docs.github.com/en/rest/git/trees#create-a-tree */
export async function toTreeEntry(octokit: Octokit, at: RepositoryName, file: CommitFile, sleep: Sleep) {
  const entry = { path: file.path, mode: file.mode, type: "blob" as const };
  const bytes = typeof file.content === "string" ? Buffer.from(file.content, "utf8") : Buffer.from(file.content);
  if (bytes.length <= INLINE_AT_MOST && isUtf8(bytes) && !bytes.includes(0)) {
    return { ...entry, content: bytes.toString("utf8") };
  }
  const blob = await untilReady(sleep, () =>
    octokit.rest.git.createBlob({
      owner: at.owner,
      repo: at.name,
      content: bytes.toString("base64"),
      encoding: "base64",
    }),
  );
  return { ...entry, sha: parseAnswer(z.object({ sha: z.string() }), blob.data).sha };
}
