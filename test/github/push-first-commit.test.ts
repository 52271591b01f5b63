import { expect, it } from "vitest";
import { createGitHub } from "../../src/github/create-github.ts";
import { files } from "./launch-files.ts";
import { clock, quiet } from "./quiet.ts";
import { serveGitData } from "./serve-git-data.ts";

const at = { owner: "acme", name: "rrr" };
const commit = { branch: "main", message: "Start rrr", files: files.slice(0, 1) };
const clientOf = (apiUrl: string) =>
  createGitHub({ apiUrl, auth: { token: "ghp_x" }, clock, log: quiet, sleep: async () => {}, retryBaseMs: 1 });

it.each(["GET /repos/acme/rrr/git/trees/t0", "POST /repos/acme/rrr/git/commits", "PATCH /repos/acme/rrr/git/refs"])(
  "what somebody pushes just before %s stays the head of the branch",
  async (moment) => {
    let theirs: string | undefined;
    await using gitHub = await serveGitData((request) => {
      if (request.startsWith(moment)) theirs ??= gitHub.push("Mine");
    });
    await expect(clientOf(gitHub.url).pushFirstCommit(at, commit)).rejects.toMatchObject({
      code: "push-rejected",
      params: { branch: "main" },
    });
    expect(gitHub.branch.head).toBe(theirs);
    // Tried again it sees whose they are.
    await expect(clientOf(gitHub.url).pushFirstCommit(at, commit)).rejects.toMatchObject({ code: "push-rejected" });
    expect(gitHub.branch.head).toBe(theirs);
  },
);
