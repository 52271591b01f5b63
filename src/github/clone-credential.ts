import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import { parseAnswer } from "./parse-answer.ts";

export interface CloneCredential {
  username: string;
  password: string;
  expiresAt?: Date;
}

const InstallationToken = z.object({ token: z.string(), expiresAt: z.coerce.date() });

/** An installation's token that reads this one repository. */
export function cloneCredential(
  octokit: Octokit,
  repositoryId: number,
  installationId: number,
): Promise<CloneCredential> {
  return installationToken(octokit, {
    installationId,
    repositoryIds: [repositoryId],
    permissions: { contents: "read" },
  });
}

/** Lives an hour. https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
export async function installationToken(
  octokit: Octokit,
  narrowed: { installationId: number; repositoryIds?: number[]; permissions: Record<string, string> },
): Promise<CloneCredential> {
  // `refresh`, because its cache would give out a token that has a minute left to live.
  const answer: unknown = await octokit.auth({ type: "installation", ...narrowed, refresh: true });
  const { token, expiresAt } = parseAnswer(InstallationToken, answer);
  // https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation#about-authentication-as-a-github-app-installation
  return { username: "x-access-token", password: token, expiresAt };
}
