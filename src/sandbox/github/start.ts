import { createPublicKey } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Part, World } from "../shared/world.ts";
import { createActions } from "./actions/start-actions.ts";
import { startRuns } from "./actions/start-runs.ts";
import { createControl, type GitHubControl } from "./control.ts";
import { createFaults } from "./faults.ts";
import type { Hub, RefChange } from "./hub.ts";
import { listen } from "./listen.ts";
import { openState } from "./open-state.ts";
import { type GitHubOverview, overview } from "./overview.ts";
import { PERSON, PULL_USERNAME, populate } from "./populate.ts";
import { openBlobStore } from "./registry/blob-store.ts";
import type { RuntimeFile } from "./registry/runtime-files.ts";
import { serveRegistry } from "./registry/serve-registry.ts";
import { createSessions } from "./registry/sessions.ts";
import { createRest } from "./rest/serve-rest.ts";
import { serveGithub } from "./serve-github.ts";
import { announcePush } from "./webhooks/announce-push.ts";
import { deliver } from "./webhooks/deliver.ts";
import { createEmit } from "./webhooks/emit.ts";

export interface GitHubOptions {
  /** 0: any free one. */
  port: number;
  registryPort: number;
  host: string;
  /** The name or address under which a cluster reaches git and the registry; other than `host`, both listen on all interfaces. */
  address: string;
  world: World;
  /** Login of the organisation that owns new repositories. */
  owner: string;
  /** A layer (tar, gzipped or not) that simulated builds push instead of the tiny image, and its entrypoint. */
  imageLayer?: string | undefined;
  imageEntrypoint?: string[] | undefined;
  /** What the tiny image holds beside its server, for a real cluster. */
  imageRuntime?: RuntimeFile[] | undefined;
  /** Really builds: run as `build <context> <image>`. */
  build?: string | undefined;
  dataDir: string;
}

export interface GitHubPart extends Part {
  apiUrl: string;
  serverUrl: string;
  registryUrl: string;
  /** A person's token that may do everything. */
  token: string;
  app: { id: number; privateKey: string; installationId: number };
  pullUsername: string;
  pullToken: string;
  control: GitHubControl;
  overview(): GitHubOverview;
}

/** Starts the sandbox's GitHub: REST, git and pages on one port, the container registry on another. */
export async function startGitHub(options: GitHubOptions): Promise<GitHubPart> {
  const { world } = options;
  const kept = await openState(options.dataDir);
  const { state, privateKey } = kept;
  const blobs = await openBlobStore(join(options.dataDir, "registry"));
  const random = world.random.fork("github");
  const closing = new AbortController();
  const work = new Set<Promise<void>>();

  const base = {
    world: { ...world, random },
    state,
    faults: createFaults(),
    dataDir: options.dataDir,
    owner: options.owner,
    person: PERSON,
    app: { id: 4242, slug: "slipway", installationId: 424242, publicKey: createPublicKey(privateKey) },
    address: { api: "", server: "", registry: "", registryLocal: "" },
    registryHost: "ghcr.io",
    nextId: () => {
      state.sequence += 1;
      return state.sequence;
    },
    now: () => `${world.clock.now().toISOString().slice(0, 19)}Z`,
    closing: closing.signal,
    background(job: (signal: AbortSignal) => Promise<void>) {
      const done = job(closing.signal)
        .catch((error: unknown) => {
          if (!closing.signal.aborted) process.emitWarning(error instanceof Error ? error : String(error));
        })
        .finally(() => work.delete(done));
      work.add(done);
    },
  };
  const hub: Hub = {
    ...base,
    emit: (event) => emit(event),
    refChanged: async (change) => await refChanged(hub, change),
    actions: {
      start: (run, which) => actions.start(run, which),
      cancel: (run) => actions.cancel(run),
      review: (...given) => actions.review(...given),
    },
  };
  const emit = createEmit(hub, ({ hook, message }) =>
    hub.background(async () => void (await deliver(hub, hook, message))),
  );
  const actions = createActions(hub, blobs, options);

  const rest = createRest(hub, new Map());
  const sessions = createSessions(hub);
  const local = options.host === "0.0.0.0" ? "127.0.0.1" : options.host;
  const host = options.address === local ? options.host : "0.0.0.0";
  const github = await listen({ port: options.port, host }, async (request, response) => {
    await recorded(world, request, response, async () => await serveGithub(hub, rest, request, response));
  });
  const registry = await listen({ port: options.registryPort, host }, async (request, response) => {
    await recorded(world, request, response, async () => ({
      part: "registry" as const,
      covered: await serveRegistry(hub, blobs, sessions, request, response),
    }));
  });
  hub.address.api = `http://${local}:${github.port}`;
  hub.address.server = `http://${options.address}:${github.port}`;
  hub.address.registry = `http://${options.address}:${registry.port}`;
  hub.address.registryLocal = `http://${local}:${registry.port}`;

  populate(hub);
  const { token, pullToken } = state.credentials;
  const control = createControl(hub, { username: PULL_USERNAME, token: pullToken });
  control.restorePullToken();

  return {
    url: hub.address.api,
    apiUrl: hub.address.api,
    serverUrl: hub.address.server,
    registryUrl: hub.address.registry,
    token,
    app: {
      id: hub.app.id,
      privateKey,
      installationId: hub.app.installationId,
    },
    pullUsername: PULL_USERNAME,
    pullToken,
    control,
    overview: () => overview(hub),
    async close() {
      closing.abort(new Error("closing"));
      await Promise.all([github.close(), registry.close()]);
      await Promise.all(work);
      await kept.save();
    },
  };
}

async function refChanged(hub: Hub, change: RefChange): Promise<void> {
  const now = hub.now();
  Object.assign(change.repository, { pushedAt: now, updatedAt: now, empty: false });
  await announcePush(hub, change);
  await startRuns(hub, change);
}

async function recorded(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  serve: () => Promise<{ part: "github" | "git" | "registry"; covered: boolean }>,
): Promise<void> {
  const at = world.clock.now();
  const started = performance.now();
  const { part, covered } = await serve();
  world.record({
    at,
    part,
    method: request.method ?? "GET",
    path: (request.url ?? "/").split("?")[0] ?? "/",
    status: response.statusCode,
    milliseconds: Math.round(performance.now() - started),
    covered,
  });
}
