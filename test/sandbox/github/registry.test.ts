import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { registryCoverage } from "../../../src/sandbox/github/coverage.ts";
import { registryRoutes } from "../../../src/sandbox/github/registry/registry-routes.ts";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";
import { untilRunEnds } from "./until-run-ends.ts";

const execute = promisify(execFile);
const crane = join(homedir(), ".cache/slipway-testbed/bin/crane");

let github: TestGitHub;
let tag: string;
beforeAll(async () => {
  github = await startTestGitHub();
  const sha = await pushFiles(github.octokit, "rrr", { ".github/workflows/build.yml": WORKFLOW });
  tag = sha.slice(0, 12);
  await untilRunEnds(github.octokit, { owner: "acme", repo: "rrr" });
});
afterAll(async () => await github[Symbol.asyncDispose]());

function basic(username: string, password: string): Record<string, string> {
  return { authorization: `Basic ${btoa(`${username}:${password}`)}` };
}

/** As a client does it: asks, is challenged, gets a token, asks again. */
async function call(path: string, init: RequestInit & { as?: "pull" | "push" | "nobody" } = {}): Promise<Response> {
  const { as = "pull", ...rest } = init;
  const url = `${github.registryUrl}${path}`;
  const challenged = await fetch(url, { method: rest.method === "HEAD" ? "HEAD" : (rest.method ?? "GET") });
  const challenge = challenged.headers.get("www-authenticate") ?? "";
  await challenged.arrayBuffer();
  if (challenged.status !== 401) return await fetch(url, rest);
  const [, realm = "", service = "", scope = ""] =
    /^Bearer realm="(.+?)",service="(.+?)"(?:,scope="(.+?)")?$/.exec(challenge) ?? [];
  const who = { pull: basic(github.pullUsername, github.pullToken), push: basic("ada", github.token), nobody: {} }[as];
  const answer = await fetch(`${realm}?${new URLSearchParams({ service, scope })}`, { headers: who });
  if (!answer.ok) return answer;
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  return await fetch(url, { ...rest, headers: { ...headersOf(rest), authorization: `Bearer ${token}` } });
}

function headersOf(init: RequestInit): Record<string, string> {
  return Object.fromEntries(new Headers(init.headers));
}

const errorBody = z.object({ errors: z.array(z.object({ code: z.string(), message: z.string() })) });
async function refusal(response: Response): Promise<string> {
  const { errors } = errorBody.parse(await response.json());
  return `${response.status} ${errors[0]?.code} ${errors[0]?.message}`;
}

const manifestShape = z.object({
  config: z.object({ digest: z.string() }),
  layers: z.array(z.object({ digest: z.string(), size: z.number() })),
});

test("the pull token pulls what the workflow pushed", async () => {
  const head = await call(`/v2/acme/rrr/manifests/${tag}`, { method: "HEAD" });
  const digest = head.headers.get("docker-content-digest");
  expect(head.status).toBe(200);
  const response = await call(`/v2/acme/rrr/manifests/${digest}`);
  const text = await response.text();
  expect(`sha256:${createHash("sha256").update(text).digest("hex")}`).toBe(digest);
  expect(response.headers.get("content-type")).toBe("application/vnd.oci.image.manifest.v1+json");
  const { config, layers } = manifestShape.parse(JSON.parse(text));
  const image = await (await call(`/v2/acme/rrr/blobs/${config.digest}`)).json();
  expect(image).toMatchObject({
    os: "linux",
    architecture: "amd64",
    config: { User: "1000", Entrypoint: ["node", "/app/server.mjs"], Labels: { "dev.slipway.sandbox/run": "node" } },
  });
  const [layer] = layers;
  const part = await call(`/v2/acme/rrr/blobs/${layer?.digest}`, { headers: { range: "bytes=0-1" } });
  expect([part.status, part.headers.get("content-range"), [...new Uint8Array(await part.arrayBuffer())]]).toEqual([
    206,
    `bytes 0-1/${layer?.size}`,
    [0x1f, 0x8b],
  ]);
  expect(await (await call("/v2/acme/rrr/tags/list")).json()).toEqual({ name: "acme/rrr", tags: [tag] });
});

test("refusals in the registry's words", async () => {
  expect(await refusal(await fetch(`${github.registryUrl}/v2/`))).toBe("401 UNAUTHORIZED authentication required");
  expect(await refusal(await call("/v2/acme/rrr/manifests/none"))).toBe("404 MANIFEST_UNKNOWN manifest unknown");
  expect(await refusal(await call(`/v2/acme/rrr/blobs/sha256:${"0".repeat(64)}`))).toBe(
    "404 BLOB_UNKNOWN blob unknown to registry",
  );
  expect(await refusal(await call("/v2/acme/none/tags/list"))).toBe(
    "404 NAME_UNKNOWN repository name not known to registry",
  );
  expect(await refusal(await call("/v2/Acme/rrr/manifests/x"))).toBe("400 NAME_INVALID invalid repository name");
  expect(await refusal(await call(`/v2/acme/rrr/manifests/${tag}`, { as: "nobody" }))).toBe(
    "401 UNAUTHORIZED authentication required",
  );
  expect(await refusal(await call("/v2/acme/rrr/blobs/uploads/", { method: "POST" }))).toBe(
    "403 DENIED permission_denied: write_package",
  );
  expect(await refusal(await fetch(`${github.registryUrl}/v2/acme/rrr/unknown`))).toMatch(
    /^501 UNSUPPORTED .*GET \/v2\/acme\/rrr\/unknown/,
  );
});

test("an expired pull token is refused, tokens made from it too; a new one is good", async () => {
  const path = `/v2/acme/rrr/manifests/${tag}`;
  expect((await call(path)).status).toBe(200);
  github.control.expirePullToken();
  expect(await refusal(await call(path))).toBe("403 DENIED denied");
  github.control.restorePullToken();
  expect((await call(path)).status).toBe(200);
});

test("a public package is anybody's", async () => {
  github.control.setPackageVisibility("acme", "rrr", "public");
  expect((await call(`/v2/acme/rrr/manifests/${tag}`, { as: "nobody" })).status).toBe(200);
  github.control.setPackageVisibility("acme", "rrr", "private");
});

test("an unreachable registry cuts the connection", async () => {
  github.control.setRegistryUnreachable(true);
  await expect(fetch(`${github.registryUrl}/v2/`)).rejects.toThrow();
  github.control.setRegistryUnreachable(false);
});

test("uploads whole, in chunks and by mount make an image", async () => {
  const digestOf = (content: string) => `sha256:${createHash("sha256").update(content).digest("hex")}`;
  const start = async (query = "") =>
    await call(`/v2/acme/made/blobs/uploads/${query}`, { method: "POST", as: "push" });
  const config = '{"architecture":"amd64","os":"linux"}';
  const whole = await call(`/v2/acme/made/blobs/uploads/?digest=${digestOf(config)}`, {
    method: "POST",
    as: "push",
    body: config,
  });
  expect(whole.status).toBe(201);

  const location = (await start()).headers.get("location") ?? "";
  const chunk = async (range: string, body: string) =>
    await call(location, { method: "PATCH", as: "push", headers: { "content-range": range }, body });
  expect((await chunk("0-4", "hello")).headers.get("range")).toBe("0-4");
  expect((await chunk("9-13", "world")).status).toBe(416);
  expect((await chunk("5-9", "world")).headers.get("range")).toBe("0-9");
  expect((await call(location, { as: "push" })).status).toBe(204);
  expect(await refusal(await call(`${location}?digest=${digestOf("other")}`, { method: "PUT", as: "push" }))).toMatch(
    "400 DIGEST_INVALID",
  );
  expect((await call(`${location}?digest=${digestOf("helloworld")}`, { method: "PUT", as: "push" })).status).toBe(201);

  const { layers } = manifestShape.parse(await (await call(`/v2/acme/rrr/manifests/${tag}`)).json());
  const mounted = await start(`?mount=${layers[0]?.digest}&from=acme/rrr`);
  expect(mounted.status).toBe(201);
  const dropped = (await start()).headers.get("location") ?? "";
  expect((await call(dropped, { method: "DELETE", as: "push" })).status).toBe(204);

  const put = async (layer: string) => {
    const type = "application/vnd.oci.image.manifest.v1+json";
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: type,
      config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf(config), size: config.length },
      layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar", digest: layer, size: 10 }],
    });
    return await call("/v2/acme/made/manifests/one", {
      method: "PUT",
      as: "push",
      headers: { "content-type": type },
      body,
    });
  };
  expect(await refusal(await put(digestOf("missing")))).toMatch("404 MANIFEST_BLOB_UNKNOWN");
  const made = await put(digestOf("helloworld"));
  expect(made.status).toBe(201);
  expect((await call(`/v2/acme/made/referrers/${made.headers.get("docker-content-digest")}`)).status).toBe(200);
  expect((await call("/v2/acme/made/manifests/one", { method: "DELETE", as: "push" })).status).toBe(202);
  expect((await call("/v2/acme/made/manifests/one", { method: "HEAD" })).status).toBe(404);
  expect((await call(`/v2/acme/made/blobs/${digestOf("helloworld")}`, { method: "DELETE", as: "push" })).status).toBe(
    202,
  );
});

test("what a simulated build makes really runs", async () => {
  const { layers } = manifestShape.parse(await (await call(`/v2/acme/rrr/manifests/${tag}`)).json());
  const root = join(github.dataDir, "root");
  await mkdir(root);
  await writeFile(
    join(root, "layer.tgz"),
    Buffer.from(await (await call(`/v2/acme/rrr/blobs/${layers[0]?.digest}`)).arrayBuffer()),
  );
  await execute("tar", ["-xzf", "layer.tgz"], { cwd: root });
  const child = spawn(process.execPath, [join(root, "app/server.mjs")], {
    env: { PORT: "0", HOST: "127.0.0.1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const port = /listens on (\d+)/.exec(String(line))?.[1];
  expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe("ok\n");
  const page = await (await fetch(`http://127.0.0.1:${port}/any`)).text();
  expect(page).toContain("<h1>rrr</h1>");
  expect(page).toContain(tag);
  child.kill();
  await once(child, "close");
});

test.skipIf(!existsSync(crane))("crane logs in, lists, pulls, copies and validates", async () => {
  const env = { ...process.env, DOCKER_CONFIG: join(github.dataDir, "docker") };
  const host = new URL(github.registryUrl).host;
  const run = async (...args: string[]) => (await execute(crane, ["--insecure", ...args], { env })).stdout.trim();
  await expect(run("digest", `${host}/acme/rrr:${tag}`)).rejects.toThrow(/UNAUTHORIZED|401/);
  await run("auth", "login", host, "-u", "ada", "-p", github.token);
  expect(await run("ls", `${host}/acme/rrr`)).toBe(tag);
  await run("pull", `${host}/acme/rrr:${tag}`, join(github.dataDir, "image.tar"));
  await run("copy", `${host}/acme/rrr:${tag}`, `${host}/acme/copied:two`);
  await run("push", join(github.dataDir, "image.tar"), `${host}/acme/pushed:three`);
  expect(await run("validate", "--remote", `${host}/acme/copied:two`)).toMatch(/PASS|^$/);
  expect(await run("digest", `${host}/acme/copied:two`)).toBe(await run("digest", `${host}/acme/rrr:${tag}`));
});

test("the coverage table names the endpoints", () => {
  expect(Object.keys(registryCoverage).sort()).toEqual(
    registryRoutes.map((route) => `${route.end} ${route.method}`).sort(),
  );
});
