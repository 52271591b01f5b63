import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createGitHub } from "../../src/github/create-github.ts";
import type { Whereabouts } from "../../src/project/ports/github.ts";
import { quiet } from "./quiet.ts";
import { serve } from "./serve.ts";

const ID = 7;
const OTHER = 8;
const at = { owner: "acme", name: "rrr" };

/** As GitHub gives it. */
function repository(full: string, id: number, given: object = {}) {
  const [owner, name] = full.split("/");
  const url = `https://github.com/${full}`;
  return {
    ...{ id, name, full_name: full, owner: { login: owner }, html_url: url, clone_url: `${url}.git` },
    ...{ default_branch: "main", private: true, description: null, topics: [], archived: false },
    ...{ created_at: "2026-03-01T10:00:00Z", ...given },
  };
}

type Answers = Record<string, { status: number; body: unknown; location?: string }>;

/** A GitHub that knows these addresses and no others, with an ETag on whatever it finds. */
async function gitHubOf(answers: Answers) {
  const etag = '"1"';
  const server = await serve((request: IncomingMessage, response: ServerResponse) => {
    const { status, body, location } = answers[request.url ?? ""] ?? { status: 404, body: { message: "Not Found" } };
    const same = status === 200 && request.headers["if-none-match"] === etag;
    response.writeHead(same ? 304 : status, {
      "content-type": "application/json",
      ...(status === 200 ? { etag } : {}),
      ...(location === undefined ? {} : { location }),
    });
    response.end(same ? undefined : JSON.stringify(body));
  });
  let now = Date.parse("2026-03-02T10:00:00Z");
  const github = createGitHub({
    apiUrl: server.url,
    auth: { token: "ghp_x" },
    clock: { now: () => new Date(now) },
    log: quiet,
    sleep: async () => {},
    retryBaseMs: 1,
    writes: { burst: 1, everyMs: 0 },
  });
  const wait = (seconds: number) => {
    now += seconds * 1000;
  };
  return { github, answers, asked: server.asked, wait, [Symbol.asyncDispose]: () => server.close() };
}

const found = (body: unknown) => ({ status: 200, body });
const moved = { status: 301, body: { message: "Moved Permanently" }, location: `/repositories/${ID}` };

describe("a repository that is known by its number", () => {
  it.each<[string, Answers, Whereabouts["state"], object]>([
    ["is here", { "/repos/acme/rrr": found(repository("acme/rrr", ID)) }, "here", {}],
    ["is here in other letters", { "/repos/acme/rrr": found(repository("Acme/RRR", ID)) }, "here", {}],
    ["is archived", { "/repos/acme/rrr": found(repository("acme/rrr", ID, { archived: true })) }, "archived", {}],
    [
      "was renamed",
      { "/repos/acme/rrr": moved, [`/repositories/${ID}`]: found(repository("acme/shop", ID)) },
      "moved",
      { repository: { owner: "acme", name: "shop" } },
    ],
    [
      "was transferred",
      { "/repos/acme/rrr": moved, [`/repositories/${ID}`]: found(repository("globex/rrr", ID)) },
      "moved",
      { repository: { owner: "globex", name: "rrr" } },
    ],
    [
      "was renamed, and its old name given to another",
      {
        "/repos/acme/rrr": found(repository("acme/rrr", OTHER)),
        [`/repositories/${ID}`]: found(repository("acme/shop", ID)),
      },
      "moved",
      { repository: { name: "shop" }, other: { id: OTHER } },
    ],
    [
      "was renamed, and the one that had its old name after it is gone too",
      { [`/repositories/${ID}`]: found(repository("acme/shop", ID)) },
      "moved",
      { repository: { name: "shop" } },
    ],
    [
      "was deleted, and its name given to another",
      { "/repos/acme/rrr": found(repository("acme/rrr", OTHER)) },
      "gone",
      { other: { id: OTHER } },
    ],
    [
      "was deleted, and its name led to another before",
      {
        "/repos/acme/rrr": { ...moved, location: "/repositories/9" },
        "/repositories/9": found(repository("acme/x", 9)),
      },
      "gone",
      {},
    ],
    ["is nowhere to be seen", {}, "gone", {}],
  ])("%s", async (_, answers, state, more) => {
    await using gitHub = await gitHubOf(answers);
    const located = await gitHub.github.locate(at, ID);
    expect(located).toMatchObject({ state, ...more });
    if (!("other" in more)) expect(located).not.toHaveProperty("other");
  });

  it.each<[string, Answers]>([
    ["its name", { "/repos/acme/rrr": { status: 502, body: {} } }],
    ["its number", { [`/repositories/${ID}`]: { status: 502, body: {} } }],
    ["its name, for want of rights", { "/repos/acme/rrr": { status: 403, body: { message: "Forbidden" } } }],
    ["its name, but not with a repository", { "/repos/acme/rrr": found({}) }],
  ])("is not said to be gone where GitHub does not answer to %s", async (_, answers) => {
    await using gitHub = await gitHubOf(answers);
    await expect(gitHub.github.locate(at, ID)).rejects.toMatchObject({ name: "Problem" });
  });

  it("costs nothing of the limit while nothing changes: every look after the first is answered 304", async () => {
    await using gitHub = await gitHubOf({ "/repos/acme/rrr": found(repository("acme/rrr", ID)) });
    const first = await gitHub.github.locate(at, ID);
    gitHub.wait(300);
    expect(await gitHub.github.locate(at, ID)).toEqual(first);
    expect(gitHub.asked).toEqual(["GET /repos/acme/rrr", "GET /repos/acme/rrr"]);
    gitHub.answers["/repos/acme/rrr"] = { status: 404, body: {} };
    gitHub.wait(300);
    expect(await gitHub.github.locate(at, ID)).toEqual({ state: "gone" });
  });

  it("that is gone is looked for again at once, and then each five minutes, or when somebody says so", async () => {
    await using gitHub = await gitHubOf({});
    const looks = async (seconds: number) => {
      gitHub.wait(seconds);
      const before = gitHub.asked.length;
      await gitHub.github.locate(at, ID);
      return gitHub.asked.length - before;
    };
    expect([await looks(0), await looks(20), await looks(20), await looks(200), await looks(100)]).toEqual([
      2, 2, 0, 0, 2,
    ]);
    gitHub.github.invalidate(at);
    gitHub.answers["/repos/acme/rrr"] = found(repository("acme/rrr", ID));
    expect(await gitHub.github.locate(at, ID)).toMatchObject({ state: "here" });
  });

  it("that was made a moment ago is not gone because GitHub does not show it everywhere yet", async () => {
    await using gitHub = await gitHubOf({
      "/users/acme": found({ login: "acme", type: "Organization" }),
      "/orgs/acme/repos": { status: 201, body: repository("acme/rrr", ID) },
      "/repos/acme/rrr/git/ref/heads%2Fmain": found({ object: { sha: "a" } }),
    });
    await gitHub.github.createRepository({ ...at, visibility: "private", description: "" });
    await expect(gitHub.github.locate(at, ID)).rejects.toMatchObject({
      code: "repo-not-ready",
      destiny: { kind: "retry" },
    });
    gitHub.wait(61);
    expect(await gitHub.github.locate(at, ID)).toEqual({ state: "gone" });
  });
});

describe("a repository that only has a name", () => {
  it("says by its own name where that leads", async () => {
    await using gitHub = await gitHubOf({
      "/repos/acme/rrr": moved,
      [`/repositories/${ID}`]: found(repository("acme/shop", ID)),
    });
    expect(await gitHub.github.repository("acme", "rrr")).toMatchObject({ owner: "acme", name: "shop", id: ID });
  });
});

describe("an archived repository", () => {
  it("refuses every change in its own words, which are no missing permission", async () => {
    await using gitHub = await gitHubOf({
      "/repos/acme/rrr/actions/runs/1/rerun-failed-jobs": {
        status: 403,
        body: { message: "Repository was archived so is read-only." },
      },
    });
    await expect(gitHub.github.rerunFailedJobs(at, 1)).rejects.toMatchObject({
      code: "repo-archived",
      params: { repository: "acme/rrr" },
    });
  });
});
