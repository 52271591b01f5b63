import { defineConfig } from "vitest/config";

// One after another: there is one real cluster.
export default defineConfig({
  test: {
    include: ["test/cluster/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // CI's machines are shared: what fails there once is tried once more, and the report says so.
    retry: process.env.CI ? 1 : 0,
    pool: "forks",
    fileParallelism: false,
  },
});
