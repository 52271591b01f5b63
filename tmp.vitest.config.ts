import { defineConfig } from "vitest/config";
export default defineConfig({ test: { include: ["test/cluster/tmp.test.ts"], testTimeout: 300_000, hookTimeout: 120_000, pool: "forks" } });
