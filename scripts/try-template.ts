import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { renderTemplate } from "../src/template/render-template.ts";
import type { Template } from "../src/template/template.ts";

/** A name that shows what is unquoted where it should not be. */
const NAME = "8888";
const INSTALL_OR_TEST_MS = 5 * 60_000;
/** Of `npm start`, which may build first, until the health path answers. */
const START_MS = 3 * 60_000;
const STOP_MS = 15_000;

/** Undefined once the application has been installed, tested, started, asked and stopped; else what went wrong. */
export async function tryTemplate(template: Template): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), `${template.name}-`));
  try {
    await writeProject(template, directory);
    await run(directory, ["ci"]);
    await run(directory, ["test"]);
    await start(directory, template.healthPath);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function writeProject(template: Template, directory: string): Promise<void> {
  const { files } = renderTemplate(template, {
    name: NAME,
    owner: "acme",
    repository: `acme/${NAME}`,
    registry: "ghcr.io",
    image: `ghcr.io/acme/${NAME}`,
    environments: [{ name: "production", namespace: NAME, host: `${NAME}.example.com`, replicas: 1 }],
    ingressClass: "traefik",
    issuer: "letsencrypt-prod",
    defaultBranch: "main",
    port: template.port,
  });
  for (const { path, content, mode } of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content, { mode: mode === "100755" ? 0o755 : 0o644 });
  }
}

async function run(directory: string, command: string[]): Promise<void> {
  const npm = spawnNpm(directory, command, {});
  const timeout = setTimeout(() => end(npm.child, "SIGKILL"), INSTALL_OR_TEST_MS);
  const [code, signal] = await once(npm.child, "exit");
  clearTimeout(timeout);
  if (code !== 0) throw new Error(`npm ${command.join(" ")}: exit ${code ?? signal}\n${npm.output()}`);
}

async function start(directory: string, healthPath: string): Promise<void> {
  const port = await freePort();
  const npm = spawnNpm(directory, ["start"], { PORT: String(port) });
  const exited = once(npm.child, "exit");
  try {
    await healthy(`http://127.0.0.1:${port}${healthPath}`, npm.child);
    end(npm.child, "SIGTERM");
    const stopped = await Promise.race([exited, delay(STOP_MS, undefined, { ref: false })]);
    if (!stopped) throw new Error(`it did not stop within ${STOP_MS / 1000} s of SIGTERM`);
  } catch (error) {
    throw new Error(`npm start: ${error instanceof Error ? error.message : error}\n${npm.output()}`);
  } finally {
    end(npm.child, "SIGKILL");
  }
}

/** Asks until it answers 200. There is no event to await: the application says only over HTTP that it is there. */
async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await delay(100)) {
    if (child.exitCode !== null) throw new Error(`it exited with ${child.exitCode} before it answered`);
    const status = await fetch(url).then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 200) return;
    if (status !== undefined) throw new Error(`${url} answered ${status}`);
  }
  throw new Error(`${url} did not answer within ${START_MS / 1000} s`);
}

/** In a process group of its own, for npm starts what it runs through a shell. */
function spawnNpm(directory: string, command: string[], env: Record<string, string>) {
  const child = spawn("npm", command, {
    cwd: directory,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "true", NEXT_TELEMETRY_DISABLED: "1", HOSTNAME: "127.0.0.1", ...env },
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => chunks.push(text));
  return { child, output: () => chunks.join("").split("\n").slice(-40).join("\n") };
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
