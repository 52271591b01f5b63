import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGitHub } from "../../../src/sandbox/github/start.ts";
import { createWorld } from "../../../src/sandbox/shared/create-world.ts";
import { makeRepository, type TestRepository } from "../../sandbox/cluster/controllers/make-repository.ts";
import { startGitServer } from "../../sandbox/cluster/controllers/start-git-server.ts";
import { type Application, pushImage } from "./push-image.ts";

/** Git and the private registry of a site, the same programs whichever cluster they stand beside. */
export async function startSurroundings(
  at: { address: string; gitPort: number; registryPort: number; githubPort: number },
  application: Application,
) {
  const directory = await mkdtemp(join(tmpdir(), "slipway-contract-"));
  const root = join(directory, "git");
  const repositories = new Map<string, TestRepository>();
  const git = await startGitServer(root, { host: at.address, port: at.gitPort });
  const github = await startGitHub({
    port: at.githubPort,
    registryPort: at.registryPort,
    host: at.address,
    address: at.address,
    owner: "acme",
    world: createWorld({}),
    dataDir: join(directory, "github"),
  });
  return {
    gitUrl: git.url,
    registryUrl: github.registryUrl,
    login: { username: github.pullUsername, password: github.pullToken },
    commit: (name: string, files: Record<string, string>, message?: string) => {
      const repository = repositories.get(name) ?? makeRepository(join(root, `${name}.git`));
      repositories.set(name, repository);
      return repository.commit(files, message);
    },
    push: (name: string, architecture?: string) =>
      pushImage({ url: github.registryUrl, token: github.token }, name, application, architecture),
    close: async () => {
      await Promise.all([git.close(), github.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
