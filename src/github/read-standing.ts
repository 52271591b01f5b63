import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Standing } from "../project/ports/github.ts";
import type { Clients, GitHubAuth } from "./create-clients.ts";
import { parseAnswer } from "./parse-answer.ts";
import { PERMISSIONS, SCOPES } from "./permissions.ts";

/** Who the credentials are with that owner, what they lack, and how many requests they have left. */
export async function readStanding(owner: string, auth: GitHubAuth, clients: Clients): Promise<Standing> {
  return "token" in auth ? ofToken(clients.self) : ofApp(owner, auth.appId, clients);
}

async function ofToken(octokit: Octokit): Promise<Standing> {
  const { data, headers } = await octokit.rest.users.getAuthenticated();
  const scopes = headers["x-oauth-scopes"];
  const { login } = parseAnswer(z.object({ login: z.string() }), data);
  return { login, kind: "token", missing: missingScopes(scopes), limit: await readLimit(octokit) };
}

/** Of a fine-grained token GitHub does not say what it may do. */
function missingScopes(header: string | undefined): string[] | undefined {
  if (header === undefined) return undefined;
  const granted = header.split(",").map((scope) => scope.trim());
  return Object.entries(SCOPES)
    .filter(([, enough]) => !enough.some((scope) => granted.includes(scope)))
    .map(([scope]) => scope);
}

async function ofApp(owner: string, appId: string | number, clients: Clients): Promise<Standing> {
  const [{ data: app }, installationId] = await Promise.all([
    clients.self.rest.apps.getAuthenticated(),
    clients.installationOf(owner),
  ]);
  const login = `${app?.slug ?? app?.name ?? appId}[bot]`;
  if (installationId === undefined) throw new Error("an App's client has an installation");
  const [{ data: installation }, limit] = await Promise.all([
    clients.self.rest.apps.getInstallation({ installation_id: installationId }),
    clients.of(owner).then(readLimit),
  ]);
  const granted = new Map(Object.entries(installation.permissions));
  const missing = Object.entries(PERMISSIONS)
    .filter(([name, level]) => {
      const held = granted.get(name);
      return level === "read" ? held === undefined : held !== "write" && held !== "admin";
    })
    .map(([name, level]) => `${name}: ${level}`);
  return { login, kind: "app", missing, limit };
}

/** Costs nothing of the limit. https://docs.github.com/en/rest/rate-limit/rate-limit */
async function readLimit(octokit: Octokit): Promise<Standing["limit"]> {
  try {
    const { core } = (await octokit.rest.rateLimit.get()).data.resources;
    return { left: core.remaining, of: core.limit, resetsAt: new Date(core.reset * 1000) };
  } catch {
    // A GitHub Enterprise Server without limits answers 404.
    return undefined;
  }
}
