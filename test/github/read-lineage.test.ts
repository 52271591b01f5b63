import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { readLineage } from "../../src/github/read-lineage.ts";

/** GitHub lists a hundred commits at most, newest first, those of side branches among them. */
function listing(all: readonly { sha: string; parents: string[] }[]) {
  const asked: (string | null)[] = [];
  const fetch = async (url: string) => {
    const { searchParams } = new URL(url);
    asked.push(searchParams.get("sha"));
    const from = all.findIndex(({ sha }) => sha === searchParams.get("sha"));
    const page = all.slice(from, from + Number(searchParams.get("per_page")));
    return Response.json(page.map(({ sha, parents }) => ({ sha, parents: parents.map((each) => ({ sha: each })) })));
  };
  return { octokit: new Octokit({ request: { fetch } }), asked };
}
const at = { owner: "acme", name: "rrr" };
const side = Array.from({ length: 150 }, (_, index) => ({ sha: `side-${index}`, parents: [`side-${index + 1}`] }));
const commits = [
  { sha: "merge", parents: ["second", "side-0"] },
  ...side,
  { sha: "second", parents: ["first"] },
  { sha: "first", parents: [] },
];

test("a lineage goes on where a side branch fills what GitHub lists at once", async () => {
  const { octokit, asked } = listing(commits);
  expect(await readLineage(octokit, at, "merge", 100)).toEqual(["merge", "second", "first"]);
  expect(asked).toEqual(["merge", "second"]);
});

test("a lineage is asked for once where one listing has all of it that is wanted", async () => {
  const { octokit, asked } = listing(commits);
  expect(await readLineage(octokit, at, "side-0", 100)).toHaveLength(100);
  expect(asked).toEqual(["side-0"]);
});
