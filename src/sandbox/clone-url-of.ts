import type { GitHubPart } from "./github/index.ts";

/** With the sandbox's person signed in, so that `git clone` and `git push` work as pasted, private repositories included. */
export function cloneUrlOf(github: Pick<GitHubPart, "serverUrl" | "token">, fullName: string): string {
  const url = new URL(`${github.serverUrl}/${fullName}.git`);
  url.username = "ada";
  url.password = github.token;
  return url.toString();
}
