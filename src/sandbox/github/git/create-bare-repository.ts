import { mkdir } from "node:fs/promises";
import { runGit } from "./run-git.ts";

/** A bare repository as GitHub has it: shallow, partial and by-commit fetches allowed. */
export async function createBareRepository(directory: string, defaultBranch: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await runGit(directory, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`, directory]);
  for (const key of ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant", "http.receivepack"]) {
    await runGit(directory, ["config", key, "true"]);
  }
}
