import { defineConfig } from "vitest/config";

// Suites that need a cluster or a browser are their own commands (test/cluster, test/browser say which).
/** Of these nothing waits for a process or a server: what fails there has failed, and is not tried again. */
const PURE = ["facts", "diagnosis", "project", "words", "evidence", "cron"].map((part) => `test/${part}/**/*.test.ts`);

export default defineConfig({
  test: {
    // What is waited for comes at once where a machine has nothing else to do, and late where it is shared.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // CI's machines are shared: what fails there once is tried once more, and the report says so.
    retry: process.env.CI ? 1 : 0,
    pool: "forks",
    // Most of a test's time is waiting: for a browser, for git, for a simulated minute. Where that is not so, more of
    // them only wait for each other.
    maxWorkers: process.env.CI ? 2 : 4,
    projects: [
      { extends: true, test: { name: "pure", include: PURE, retry: 0 } },
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: [
            ...PURE,
            ...["test/cluster/**", "test/bench/**", "test/cases/**", "test/transcripts/**", "node_modules/**"],
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "cases",
          include: ["test/cases/**/*.test.ts", "test/transcripts/**/*.test.ts"],
          // Each file's cases go on at the same time, on one sandbox, and what is told is waited for.
          maxConcurrency: 50,
          hookTimeout: 480_000,
          testTimeout: 180_000,
          expect: { poll: { timeout: 90_000, interval: 500 } },
        },
      },
    ],
  },
});
