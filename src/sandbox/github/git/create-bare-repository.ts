import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { runGit } from "./run-git.ts";

/** As GitHub serves it: shallow, partial and by-commit fetches allowed, pushes taken. */
const CONFIG = `[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[http]
	receivepack = true
[gc]
	auto = 0
`;

export async function createBareRepository(directory: string, defaultBranch: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await runGit(directory, ["init", "--quiet", "--bare", "--template=", `--initial-branch=${defaultBranch}`, directory]);
  await appendFile(join(directory, "config"), CONFIG);
}
