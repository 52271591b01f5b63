import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll } from "vitest";
import { connection } from "../contract/connection.ts";
import { workloads } from "../contract/controllers/workloads.ts";
import { flux } from "../contract/controllers/flux.ts";
import { traefik } from "../contract/controllers/traefik.ts";
import { certificates } from "../contract/controllers/certificates.ts";
import type { Site } from "../contract/controllers/site.ts";
import { makeRepository, type TestRepository } from "../sandbox/cluster/controllers/make-repository.ts";
import { startGitServer } from "../sandbox/cluster/controllers/start-git-server.ts";
import { testbed } from "./testbed.ts";

const at = testbed();
if (!at) throw new Error("none");
let site: Site;
let close: () => Promise<void>;
beforeAll(async () => {
  const config = new KubeConfig();
  config.loadFromFile(at.kubeconfig);
  const root = await mkdtemp(join(tmpdir(), "tmp-git-"));
  const git = await startGitServer(root, { host: at.node, port: 7471 });
  close = () => git.close();
  const repositories = new Map<string, TestRepository>();
  const refuse = async () => { throw new Error("not here"); };
  const ask = async (scheme: "http" | "https", host: string, path = "/") => {
    const port = scheme === "https" ? 443 : 80;
    return at.outside("curl", "-sS", "-k", "-m", "5", "--resolve", `${host}:${port}:${at.node}`, "-w", "\n%{http_code}", `${scheme}://${host}${path}`).then(
      (said) => ({ status: Number(said.split("\n").at(-1)), text: said.slice(0, said.lastIndexOf("\n")) }),
      () => ({ status: 0, text: "" }),
    );
  };
  site = {
    server: connection(config),
    patience: { timeout: 120_000, interval: 500 },
    git: { url: git.url, commit: (name, files, message) => {
      const repository = repositories.get(name) ?? makeRepository(join(root, `${name}.git`));
      repositories.set(name, repository);
      return repository.commit(files, message);
    }, cut: refuse, mend: refuse },
    registry: { login: { username: "", password: "" }, push: refuse, leave: refuse, comeBack: refuse },
    outside: { get: (h, p) => ask("http", h, p), getSecurely: (h, p) => ask("https", h, p), certificate: async (host) => {
      const asked = spawn(at.program, ["outside", "openssl", "s_client", "-connect", `${at.node}:443`, "-servername", host]);
      asked.stdin.end(); asked.stderr.resume();
      return new X509Certificate(await text(asked.stdout));
    } },
    dns: { set: async (n, a) => void (await at.testbed("dns", "set", n, a)), unset: async (n) => void (await at.testbed("dns", "unset", n)), node: at.node, nobody: "198.18.0.77" },
    firewall: { close: refuse, open: refuse },
    close: async () => {},
  };
});
afterAll(() => close());
workloads(() => site);
flux(() => site);
traefik(() => site);
certificates(() => site);
