import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";

export interface Owner {
  login: string;
  kind: "organization" | "user";
}

const Account = z.object({ login: z.string(), type: z.string() });

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
    const { login: known, type } = parseAnswer(Account, answer.data);
    const kind = type === "Organization" ? "organization" : "user";
    return { etag: answer.headers.etag, value: { login: known, kind } };
  } catch (error) {
    if (isStatus(error, 404)) return { etag: undefined, value: undefined };
    throw error;
  }
}
