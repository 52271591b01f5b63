import type { Octokit } from "@octokit/rest";
import { isStatus } from "./is-status.ts";

export interface Owner {
  login: string;
  kind: "organization" | "user";
}

export async function readOwner(
  octokit: Octokit,
  login: string,
  etag?: string,
): Promise<{ etag: string | undefined; value: Owner | undefined }> {
  try {
    // Answers for organisations too, with type "Organization".
    const answer = await octokit.rest.users.getByUsername({
      username: login,
      headers: etag ? { "if-none-match": etag } : {},
    });
    const kind = answer.data.type === "Organization" ? "organization" : "user";
    return { etag: answer.headers.etag, value: { login: answer.data.login, kind } };
  } catch (error) {
    if (isStatus(error, 404)) return { etag: undefined, value: undefined };
    throw error;
  }
}
