import { createAppAuth } from "@octokit/auth-app";
import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import { Problem } from "../project/problem.ts";
import { createOctokit, type OctokitSettings } from "./create-octokit.ts";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";

export type GitHubAuth = { token: string } | { appId: string | number; privateKey: string; installationId?: number };

/** Who asks: for an App the installation on the owner, found once; for a token the one client. */
export interface Clients {
  of(owner: string): Promise<Octokit>;
  /** Who the credentials are, when no owner is in question. */
  self: Octokit;
  installationOf(owner: string): Promise<number | undefined>;
}

export function createClients(settings: OctokitSettings, auth: GitHubAuth): Clients {
  if ("token" in auth) {
    const self = createOctokit(settings, { id: settings.apiUrl, options: { auth: auth.token } });
    return { self, of: async () => self, installationOf: async () => undefined };
  }

  const { appId, privateKey } = auth;
  const self = createOctokit(settings, {
    id: `${settings.apiUrl} app`,
    options: { authStrategy: createAppAuth, auth: { appId, privateKey } },
  });
  const installations = new Map<string, Promise<number>>();
  const clients = new Map<number, Octokit>();

  function installationOf(owner: string): Promise<number> {
    if (auth && "installationId" in auth && auth.installationId) return Promise.resolve(auth.installationId);
    const key = owner.toLowerCase();
    const known = installations.get(key);
    if (known) return known;
    const found = findInstallation(self, owner);
    installations.set(key, found);
    // Not remembered when it fails: somebody may install the App the next minute.
    found.catch(() => installations.delete(key));
    return found;
  }

  async function of(owner: string): Promise<Octokit> {
    const installationId = await installationOf(owner);
    const known = clients.get(installationId);
    if (known) return known;
    const made = createOctokit(settings, {
      id: `${settings.apiUrl} installation ${installationId}`,
      options: { authStrategy: createAppAuth, auth: { appId, privateKey, installationId } },
    });
    clients.set(installationId, made);
    return made;
  }

  return { self, of, installationOf };
}

const Numbered = z.object({ id: z.number() });

/** https://docs.github.com/en/rest/apps/apps#get-an-organization-installation-for-the-authenticated-app */
async function findInstallation(app: Octokit, owner: string): Promise<number> {
  try {
    return parseAnswer(Numbered, (await app.rest.apps.getOrgInstallation({ org: owner })).data).id;
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
  }
  try {
    return parseAnswer(Numbered, (await app.rest.apps.getUserInstallation({ username: owner })).data).id;
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
    throw new Problem("github-permission-missing", {
      destiny: { kind: "person" },
      params: { permission: "installation", where: "install-app", owner },
      evidence: `the GitHub App is not installed on ${owner}`,
    });
  }
}
