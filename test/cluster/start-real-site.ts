import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { KubeConfig } from "@kubernetes/client-node";
import { connection } from "../contract/connection.ts";
import type { Answer, Site } from "../contract/controllers/site.ts";
import { startSurroundings } from "../contract/controllers/start-surroundings.ts";
import type { Testbed } from "./testbed.ts";

const GIT_PORT = 7401;
const REGISTRY_PORT = 7402;
const GITHUB_PORT = 7403;
/** Nobody listens there. */
const NO_PORT = 7409;
/** In the pods' network, whose addresses are given out from the lower end. */
const NOBODY = "198.18.0.77";

/** The testbed, with git and the private registry on its node's address. */
export async function startRealSite(at: Testbed): Promise<Site> {
  const beside = await startSurroundings(
    { address: at.node, gitPort: GIT_PORT, registryPort: REGISTRY_PORT, githubPort: GITHUB_PORT },
    { layer: await applicationLayer(at), entrypoint: ["/app"] },
  );
  const config = new KubeConfig();
  config.loadFromFile(at.kubeconfig);
  await at.testbed("mend", String(GIT_PORT));
  const ghcr = (url: string) => at.testbed("ghcr", url);
  await ghcr(beside.registryUrl);

  const ask = async (scheme: "http" | "https", host: string, path = "/"): Promise<Answer> => {
    const port = scheme === "https" ? 443 : 80;
    const url = `${scheme}://${host}${path}`;
    const curl = [
      "curl",
      "-sS",
      "-k",
      "-m",
      "5",
      "--resolve",
      `${host}:${port}:${at.node}`,
      "-w",
      "\n%{http_code}",
      url,
    ];
    return at.outside(...curl).then(
      (said) => ({ status: Number(said.split("\n").at(-1)), text: said.slice(0, said.lastIndexOf("\n")) }),
      () => ({ status: 0, text: "" }),
    );
  };
  return {
    server: connection(config),
    patience: { timeout: 90_000, interval: 300 },
    git: {
      url: beside.gitUrl,
      commit: beside.commit,
      cut: async () => void (await at.testbed("cut", String(GIT_PORT))),
      mend: async () => void (await at.testbed("mend", String(GIT_PORT))),
    },
    registry: {
      login: beside.login,
      push: beside.push,
      leave: async () => void (await ghcr(`http://${at.node}:${NO_PORT}`)),
      comeBack: async () => void (await ghcr(beside.registryUrl)),
    },
    outside: {
      get: (host, path) => ask("http", host, path),
      getSecurely: (host, path) => ask("https", host, path),
      certificate: async (host) => {
        const asked = spawn(at.program, [
          ...["outside", "openssl", "s_client", "-connect", `${at.node}:443`, "-servername", host],
        ]);
        asked.stdin.end();
        asked.stderr.resume();
        return new X509Certificate(await text(asked.stdout));
      },
    },
    dns: {
      set: async (name, address) => void (await at.testbed("dns", "set", name, address)),
      unset: async (name) => void (await at.testbed("dns", "unset", name)),
      node: at.node,
      nobody: NOBODY,
    },
    firewall: {
      close: async (port) => void (await at.testbed("firewall", "close", String(port))),
      open: async (port) => void (await at.testbed("firewall", "open", String(port))),
    },
    close: async () => {
      await ghcr(`http://${at.registry}`);
      await at.testbed("mend", String(GIT_PORT));
      await beside.close();
    },
  };
}

/** The files of the testbed's own application. */
async function applicationLayer(at: Testbed): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), "slipway-application-"));
  try {
    await at.crane("export", `${at.registry}/testbed/app:1`, join(directory, "app.tar"));
    return await readFile(join(directory, "app.tar"));
  } finally {
    await rm(directory, { recursive: true });
  }
}
