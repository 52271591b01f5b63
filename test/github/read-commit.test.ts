import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { readCommit } from "../../src/github/read-commit.ts";

test("a commit's title is its first line, without the token that somebody wrote into it", async () => {
  const message = `Use ghp_${"x".repeat(36)} for now\n\nand more`;
  const commit = { message, author: { name: "Ada", date: "2026-03-01T10:00:00Z" }, committer: null };
  const answer = { sha: "a".repeat(40), commit, author: null, html_url: "https://github.com/acme/rrr", parents: [] };
  const fetch = async () => Response.json(answer);
  const read = await readCommit(new Octokit({ request: { fetch } }), { owner: "acme", name: "rrr" }, "main");
  expect(read.value?.title).toBe("Use *** for now");
});

test.each([
  ["ada@acme.example", "ada@acme.example"],
  ["ada at acme", undefined],
  [`${"a".repeat(300)}@acme.example`, undefined],
  [undefined, undefined],
])("its author's address %s is %s: git takes anything for one", async (email, known) => {
  const commit = { message: "Feature", author: { name: "Ada", email, date: "2026-03-01T10:00:00Z" }, committer: null };
  const answer = { sha: "a".repeat(40), commit, author: null, html_url: "https://github.com/acme/rrr", parents: [] };
  const fetch = async () => Response.json(answer);
  const read = await readCommit(new Octokit({ request: { fetch } }), { owner: "acme", name: "rrr" }, "main");
  expect(read.value?.authorEmail).toBe(known);
});
