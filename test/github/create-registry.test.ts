import { describe, expect, it } from "vitest";
import { createRegistry } from "../../src/github/create-registry.ts";
import { answerWith, FAULTS } from "../builders/faults.ts";
import { clock } from "./quiet.ts";
import { serve } from "./serve.ts";

const credential = { username: "bot", password: "hush-token" };
const basic = `Basic ${Buffer.from("bot:hush-token").toString("base64")}`;

/** A registry with the image acme/rrr:3f2a, for who brings a token that /token gives for the credential. */
function registryServer() {
  return serve((request, response) => {
    const answer = (status: number, headers: Record<string, string> = {}, body = "") => {
      response.writeHead(status, headers);
      response.end(request.method === "HEAD" ? "" : body);
    };
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    if (url.pathname === "/token") {
      if (request.headers.authorization !== basic) return answer(403);
      return answer(200, { "content-type": "application/json" }, JSON.stringify({ token: "granted" }));
    }
    if (request.headers.authorization !== "Bearer granted") {
      const realm = `http://${request.headers.host}/token`;
      const challenge = `Bearer realm="${realm}",service="ghcr.io",scope="repository:acme/rrr:pull"`;
      return answer(401, { "www-authenticate": challenge });
    }
    if (url.pathname === "/v2/") return answer(200);
    if (!request.headers.accept?.includes("application/vnd.oci.image.index.v1+json")) return answer(404);
    return answer(url.pathname === "/v2/acme/rrr/manifests/3f2a" ? 200 : 404);
  });
}

describe("the registry", () => {
  it("has a tag or has it not, asked as containerd asks", async () => {
    await using server = await registryServer();
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock });
    expect(await registry.has("ghcr.io/acme/rrr", "3f2a")).toBe(true);
    expect(await registry.has("ghcr.io/acme/rrr", "none")).toBe(false);
    expect(server.asked.slice(0, 3)).toEqual([
      "HEAD /v2/acme/rrr/manifests/3f2a",
      "GET /token?service=ghcr.io&scope=repository%3Aacme%2Frrr%3Apull",
      "HEAD /v2/acme/rrr/manifests/3f2a",
    ]);
  });

  it("is not asked again of an image that it had a moment ago, but of one that it had not, and after news", async () => {
    await using server = await registryServer();
    let at = 0;
    const now = () => new Date(at);
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock: { now } });
    const asks = async (tag: string) => {
      const before = server.asked.length;
      await registry.has("ghcr.io/acme/rrr", tag);
      return server.asked.length > before;
    };
    const inTurn = async (tag: string) => [await asks(tag), await asks(tag)];
    expect(await inTurn("3f2a")).toEqual([true, false]);
    expect(await inTurn("none")).toEqual([true, true]);
    at = 120_000;
    expect(await inTurn("3f2a")).toEqual([true, false]);
    registry.forget("ghcr.io/acme/rr");
    expect(await asks("3f2a")).toBe(false);
    registry.forget("ghcr.io/acme/rrr");
    expect(await inTurn("3f2a")).toEqual([true, false]);
    registry.forget();
    expect(await asks("3f2a")).toBe(true);
  });

  it("is well where it takes the credential, and says why where it does not", async () => {
    await using server = await registryServer();
    const well = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock });
    await expect(well.check()).resolves.toBeUndefined();
    const wrong = { username: "bot", password: "hush-wrong" };
    const ill = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential: wrong, clock });
    await expect(ill.check()).rejects.toMatchObject({
      code: "image-unauthorized",
      evidence: "GET ghcr.io/v2/: 403 Forbidden",
    });
  });

  it("that refuses the credential is image-unauthorized, without the credential in it", async () => {
    await using server = await registryServer();
    const wrong = { username: "bot", password: "hush-wrong" };
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential: wrong, clock });
    const problem = await registry.has("ghcr.io/acme/rrr", "3f2a").catch((error: unknown) => error);
    expect(problem).toMatchObject({
      code: "image-unauthorized",
      destiny: { kind: "person" },
      params: { host: "ghcr.io", reference: "ghcr.io/acme/rrr:3f2a" },
    });
    expect(JSON.stringify(problem) + String(problem)).not.toContain("hush");
  });

  it("asks for the credential each time, since it may be a new one", async () => {
    await using server = await registryServer();
    const given = [{ username: "bot", password: "old" }, credential];
    const registry = createRegistry({
      host: "ghcr.io",
      apiUrl: server.url,
      credential: async () => given.shift() ?? credential,
      clock,
    });
    await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject({ code: "image-unauthorized" });
    expect(await registry.has("ghcr.io/acme/rrr", "3f2a")).toBe(true);
    expect(await registry.pullCredential()).toEqual({ host: "ghcr.io", ...credential });
  });

  it("without a credential gives none to the cluster, and is asked as anybody", async () => {
    await using server = await registryServer();
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, clock });
    expect(await registry.pullCredential()).toBeUndefined();
    await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject({ code: "image-unauthorized" });
  });

  it("with Basic alone gets Basic", async () => {
    await using server = await serve((request, response) => {
      const known = request.headers.authorization === basic;
      response.writeHead(known ? 200 : 401, { "www-authenticate": 'Basic realm="registry"' });
      response.end();
    });
    const registry = createRegistry({ host: "r.example.com", apiUrl: server.url, credential, clock });
    expect(await registry.has("r.example.com/acme/rrr", "3f2a")).toBe(true);
  });

  it("that nobody answers for is image-registry-unreachable", async () => {
    const server = await registryServer();
    await server.close();
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock });
    await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject({
      code: "image-registry-unreachable",
      evidence: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("that is too busy says until when", async () => {
    await using server = await serve((_, response) => {
      response.writeHead(429, { "retry-after": "30" });
      response.end();
    });
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, clock });
    await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject({ destiny: { kind: "wait" } });
  });

  it.each(FAULTS)("whose token did not come whole (%s) has refused nobody, and is asked again", async (fault) => {
    let broken = true;
    await using server = await serve((request, response) => {
      if (request.url?.startsWith("/token"))
        answerWith(broken ? fault : undefined, response, JSON.stringify({ token: "granted" }));
      else if (request.headers.authorization === "Bearer granted") response.writeHead(200).end();
      else {
        const challenge = `Bearer realm="http://${request.headers.host}/token",service="ghcr.io"`;
        response.writeHead(401, { "www-authenticate": challenge }).end();
      }
    });
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock });
    const unreachable = { code: "image-registry-unreachable", destiny: { kind: "retry" } };
    await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject(unreachable);
    await expect(registry.check()).rejects.toMatchObject(unreachable);
    broken = false;
    expect(await registry.has("ghcr.io/acme/rrr", "3f2a")).toBe(true);
  });

  it.each([{}, { token: "" }, { token: 1 }, { access_token: null }])(
    "whose token is none (%j) has refused nobody",
    async (granted) => {
      await using server = await serve((request, response) => {
        if (request.url?.startsWith("/token")) answerWith(undefined, response, JSON.stringify(granted));
        else
          response.writeHead(401, { "www-authenticate": `Bearer realm="http://${request.headers.host}/token"` }).end();
      });
      const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock });
      await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject({
        code: "image-registry-unreachable",
      });
    },
  );

  it.each([200, 404])("that a page (%i) answers for says nothing of an image", async (status) => {
    await using server = await serve((_, response) => answerWith("HTML", response, "", status));
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock });
    const unreachable = { code: "image-registry-unreachable", evidence: expect.stringContaining(`${status}`) };
    await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject(unreachable);
    await expect(registry.check()).rejects.toMatchObject(unreachable);
  });

  it("that closes the connection at once says nothing of an image", async () => {
    await using server = await serve((_, response) => answerWith("closed at once", response, ""));
    const registry = createRegistry({ host: "ghcr.io", apiUrl: server.url, credential, clock });
    await expect(registry.has("ghcr.io/acme/rrr", "3f2a")).rejects.toMatchObject({
      code: "image-registry-unreachable",
    });
  });
});
