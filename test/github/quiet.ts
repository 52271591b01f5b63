import type { Log } from "../../src/github/create-octokit.ts";

export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

export const clock = { now: () => new Date() };
