import { describe, expect, test } from "vitest";
import type { StageStatus } from "../../src/project/project.ts";
import { thread } from "../../src/slack/thread.ts";
import { shares } from "../../src/slack/views/shares.ts";
import { en } from "../../src/words/en/index.ts";
import { aProject } from "./a-project.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)).toISOString();

function row(stage: StageStatus["stage"], from: number, to: number, environment?: string): StageStatus {
  const named = environment === undefined ? {} : { environment };
  return { stage, ...named, state: "done", reason: "", params: {}, startedAt: at(from), finishedAt: at(to) };
}

/** In words, the longest first. */
function told(...stages: StageStatus[]): string {
  return shares({ launch: { startedAt: at(0) }, stages })
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(({ stage, seconds }) => `${stage} ${seconds}`)
    .join(", ");
}

describe("what took the time", () => {
  test.each([
    {
      what: "the cluster was made beside the build: the build took its own time, and the cluster none",
      stages: [row("repository", 0, 4), row("cluster", 4, 8), row("build", 4, 49), row("rollout", 49, 61)],
      says: "build 45, rollout 12, repository 4",
    },
    {
      what: "the cluster had begun before the build: until then it was waited for",
      stages: [row("repository", 0, 2), row("cluster", 2, 10), row("build", 5, 50)],
      says: "build 45, cluster 3, repository 2",
    },
    {
      what: "the cluster came after the image: from then on it was waited for",
      stages: [row("build", 0, 30), row("cluster", 0, 40), row("rollout", 30, 60)],
      says: "build 30, rollout 20, cluster 10",
    },
    {
      what: "two environments beside one another: a stage is told once",
      stages: [
        row("build", 0, 30),
        row("rollout", 30, 40, "production"),
        row("rollout", 30, 52, "staging"),
        row("certificate", 40, 60, "production"),
        row("certificate", 52, 58, "staging"),
      ],
      says: "build 30, rollout 22, certificate 8",
    },
    { what: "no build", stages: [row("cluster", 0, 5), row("rollout", 5, 15)], says: "rollout 10, cluster 5" },
  ])("$what", ({ stages, says }) => expect(told(...stages)).toBe(says));
});

test("a thread says of the build one time, wherever it says it", () => {
  const stages = [row("repository", 0, 4), row("cluster", 4, 8), row("build", 4, 49), row("rollout", 49, 61)];
  const status = { phase: "Live" as const, stages, launch: { startedAt: at(0), finishedAt: at(61), sha: "3f2a91c" } };
  const text = thread(aProject({ status }), en, new Date(at(70)))
    .map(({ blocks }) => JSON.stringify(blocks))
    .join("\n");
  expect(text).toContain("Image built in 45 s.");
  expect(text).toContain("What took the time: image build 45 s, rollout 12 s, ");
  expect(text).toContain("Running 12 s after the image was built.");
});

test("the end of a launch names the environments that it launched, and none that was added since", () => {
  const url = (name: string) => `https://${name}.example.com`;
  const environments = ["production", "staging"].map((name) => ({ name, url: url(name) }));
  const launch = { startedAt: at(0), finishedAt: at(61) };
  const told = (...stages: StageStatus[]) =>
    JSON.stringify(thread(aProject({ status: { phase: "Live", launch, stages, environments } }), en, new Date(at(70))));
  const launched = ["production", "staging"].map((name) => row("rollout", 0, 9, name));
  expect(told(...launched)).toContain("staging: <https://staging.example.com");
  expect(told(row("rollout", 0, 9))).not.toContain("staging: <");
});

describe("the commands that a launch closes with", () => {
  const commands = (visibility: "public" | "private", url: string) => {
    const repository = { id: 1, url, cloneUrl: `${url}.git`, defaultBranch: "trunk" };
    const status = {
      phase: "Live" as const,
      launch: { startedAt: at(0), finishedAt: at(61), sha: "3f2a91c" },
      repository,
    };
    const told = thread(aProject({ status, visibility }), en, new Date(at(70)));
    return JSON.stringify(told.find(({ key }) => key === "milestone/live")?.blocks);
  };

  test.each([
    [
      "a public repository by git",
      "public",
      "https://github.com/acme/rrr",
      "git clone https://github.com/acme/rrr.git",
    ],
    [
      "a private one by the CLI that signs people in",
      "private",
      "https://github.com/acme/rrr",
      "gh repo clone acme/rrr",
    ],
    [
      "a private one of a company's own server, by its name",
      "private",
      "https://git.example.com/acme/rrr",
      "gh repo clone git.example.com/acme/rrr",
    ],
    [
      "one of a server that the CLI does not speak to by git",
      "private",
      "http://127.0.0.1:7301/acme/rrr",
      "git clone http://127.0.0.1:7301/acme/rrr.git",
    ],
  ] as const)("clone %s", (_, visibility, url, command) => {
    const said = commands(visibility, url);
    expect(said).toContain(`"${command}\\ncd rrr\\n`);
    expect(said).toContain("git push origin trunk");
  });
});
