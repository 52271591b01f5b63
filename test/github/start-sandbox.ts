import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGitHub, type GitHubSettings } from "../../src/github/create-github.ts";
import type { GitHub } from "../../src/project/ports/github.ts";
import { type GitHubPart, startGitHub } from "../../src/sandbox/github/start.ts";
import { createWorld } from "../../src/sandbox/shared/create-world.ts";
import type { RecordedCall } from "../../src/sandbox/shared/world.ts";
import { clock, quiet } from "./quiet.ts";

export interface Sandbox extends AsyncDisposable {
  part: GitHubPart;
  calls: RecordedCall[];
  /** Our client on it, by its token unless told otherwise. */
  client(settings?: Partial<GitHubSettings>): GitHub;
}

export const appOf = ({ app }: GitHubPart) => ({ appId: String(app.id), privateKey: app.privateKey });

/** The sandbox's GitHub on free ports, where a build of minutes takes a fraction of a second. */
export async function startSandbox(): Promise<Sandbox> {
  const dataDir = await mkdtemp(join(tmpdir(), "slipway-github-"));
  const calls: RecordedCall[] = [];
  const part = await startGitHub({
    port: 0,
    registryPort: 0,
    host: "127.0.0.1",
    address: "127.0.0.1",
    owner: "acme",
    world: createWorld({ speed: 2_000, record: (call) => calls.push(call) }),
    dataDir,
  });
  return {
    part,
    calls,
    client: (settings = {}) =>
      createGitHub({
        apiUrl: part.apiUrl,
        serverUrl: part.serverUrl,
        auth: { token: part.token },
        clock,
        log: quiet,
        retryBaseMs: 1,
        freshMs: 0,
        writes: { burst: 1, everyMs: 0 },
        ...settings,
      }),
    async [Symbol.asyncDispose]() {
      await part.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
