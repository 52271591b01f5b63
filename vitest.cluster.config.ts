import { defineConfig } from "vitest/config";

// One after another: there is one real cluster.
export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // CI's machines are shared: what fails there once is tried once more, and the report says so.
    retry: process.env.CI ? 1 : 0,
    pool: "forks",
    fileParallelism: false,
    globalSetup: "test/cluster/note-audit.ts",
    projects: [
      { extends: true, test: { name: "cluster", include: ["test/cluster/*.test.ts"], sequence: { groupOrder: 1 } } },
      // What can be said when all of them have run.
      {
        extends: true,
        test: { name: "afterwards", include: ["test/cluster/afterwards/*.test.ts"], sequence: { groupOrder: 2 } },
      },
    ],
  },
});
