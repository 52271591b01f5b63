import { OPEN } from "../project/ports/fence.ts";
import { type CloneCredential, installationToken } from "./clone-credential.ts";
import { createClients, type GitHubAuth } from "./create-clients.ts";
import type { Log } from "./create-octokit.ts";
import { problemOf } from "./problem-of.ts";

/** A token is given again while it has this long to live. */
const SPARE_MS = 30 * 60_000;

/**
 * What pulls images when no REGISTRY_PULL_TOKEN is configured: of an App a token of the owner's installation that reads
 * packages and nothing else, for an hour; else the token itself. The registry looks at the password alone.
 * https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry#authenticating-to-the-container-registry
 */
export function createPullCredential(settings: {
  apiUrl: string;
  auth: GitHubAuth;
  owner: string;
  clock: { now(): Date };
  log: Log;
  /** Handed in by tests. */
  retryBaseMs?: number;
}): () => Promise<CloneCredential> {
  const { auth, owner, clock } = settings;
  if ("token" in auth) return async () => ({ username: "x-access-token", password: auth.token });

  const clients = createClients(
    {
      apiUrl: settings.apiUrl,
      log: settings.log,
      // It asks for tokens and nothing else.
      fence: OPEN,
      retryBaseMs: settings.retryBaseMs ?? 1_000,
      timeoutMs: 20_000,
      writes: { burst: 12, everyMs: 1_000 },
    },
    auth,
  );
  let known: CloneCredential | undefined;
  return async () => {
    if (known?.expiresAt && known.expiresAt.getTime() - clock.now().getTime() > SPARE_MS) return known;
    try {
      const installationId = await clients.installationOf(owner);
      if (installationId === undefined) throw new Error("an App's client has an installation");
      known = await installationToken(await clients.of(owner), { installationId, permissions: { packages: "read" } });
      return known;
    } catch (error) {
      throw problemOf(error, { permission: "Packages (read)", where: "app-page", now: clock.now() });
    }
  };
}
