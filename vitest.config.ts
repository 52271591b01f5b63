import { defineConfig } from "vitest/config";

// Suites that need a cluster or a browser are their own commands (test/cluster, test/browser say which).
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/cluster/**", "test/bench/**", "node_modules/**"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // CI's machines are shared: what fails there once is tried once more, and the report says so.
    retry: process.env.CI ? 1 : 0,
    pool: "forks",
    // Most of a test's time is waiting: for a browser, for git, for a simulated minute.
    maxWorkers: 4,
  },
});
