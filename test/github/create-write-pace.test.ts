import { expect, it } from "vitest";
import { createGitHub } from "../../src/github/create-github.ts";
import { clock, quiet } from "./quiet.ts";
import { serve } from "./serve.ts";

it("lets a launch's writes through at once and spaces what comes after", async () => {
  const arrived: number[] = [];
  await using server = await serve((_, response) => {
    arrived.push(performance.now());
    response.writeHead(201, { "content-type": "application/json" });
    response.end("{}");
  });
  const github = createGitHub({
    apiUrl: server.url,
    auth: { token: "ghp_test" },
    clock,
    log: quiet,
    writes: { burst: 3, everyMs: 100 },
  });
  const startedAt = performance.now();
  await Promise.all([1, 2, 3, 4, 5].map((run) => github.rerunFailedJobs({ owner: "acme", name: "rrr" }, run)));
  expect(arrived).toHaveLength(5);
  // Three from the bucket, then 100 ms for each more. Later, on a busy machine, is fine.
  expect((arrived[3] ?? 0) - startedAt).toBeGreaterThan(60);
  expect((arrived[4] ?? 0) - startedAt).toBeGreaterThan(150);
});
