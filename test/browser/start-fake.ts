import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { WebSocketServer } from "ws";
import { createConsole } from "../../src/sandbox/console/create-console.ts";
import type { ClientEvent, ClientMessage, ClientView } from "../../src/sandbox/slack/client-api.ts";
import { ADA, JUN, workspace } from "./fixtures/people.ts";
import { worldView } from "./fixtures/world.ts";

export interface Asked {
  path: string;
  body: Record<string, unknown>;
}

/** The console over a `/client/*` that says what a test tells it to say and remembers what it was asked. */
export async function startFake(messages: ClientMessage[] = [], answers: Record<string, unknown> = {}) {
  const asked: Asked[] = [];
  const waiting = new Set<() => void>();
  let world = worldView();
  const app = new Hono();
  app.get("/client/state", (context) => context.json(workspace(context.req.query("person") === JUN.id ? JUN : ADA)));
  app.get("/client/channels/:channel/messages", (context) => {
    const channel = context.req.param("channel");
    return context.json({ messages: messages.filter((message) => message.channel === channel && !isReply(message)) });
  });
  app.get("/client/channels/:channel/threads/:ts", (context) => {
    const ts = context.req.param("ts");
    return context.json({ messages: messages.filter((message) => message.ts === ts || message.thread_ts === ts) });
  });
  app.post("/client/:what", async (context) => {
    const body: Record<string, unknown> = await context.req.json();
    const what = context.req.param("what");
    asked.push({ path: what, body });
    for (const wake of waiting) wake();
    return context.json(answers[what] ?? {});
  });
  app.route(
    "/",
    createConsole({
      worldView: () => world,
      actions: {
        setSpeed: (speed) => {
          world.clock.speed = speed;
        },
        startScenario: (name) => setActive(name, true),
        stopScenario: (name) => setActive(name, false),
      },
    }),
  );
  const setActive = (name: string, active: boolean) => {
    const scenario = world.scenarios.find((scenario) => scenario.name === name);
    if (scenario === undefined) throw new Error(`no scenario "${name}"`);
    scenario.active = active;
  };

  const sockets = new WebSocketServer({ noServer: true });
  let server: ServerType | undefined;
  const url = await new Promise<string>((resolve) => {
    server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    server.on("upgrade", (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit("connection", ws));
    });
  });

  const wait = async (holds: () => boolean) => {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
  };
  return {
    url,
    asked,
    messages,
    world: () => world,
    /** Everything as at the start, with these messages and answers. */
    reset(next: ClientMessage[], nextAnswers: Record<string, unknown>) {
      messages.splice(0, messages.length, ...next);
      answers = nextAnswers;
      asked.length = 0;
      world = worldView();
    },
    /** The first request of that kind, as soon as it has come. */
    async request(what: string): Promise<Record<string, unknown>> {
      const find = () => asked.find(({ path }) => path === what);
      await wait(() => find() !== undefined);
      return find()?.body ?? {};
    },
    emit(event: ClientEvent) {
      for (const socket of sockets.clients) socket.send(JSON.stringify(event));
    },
    /** Drops every WebSocket, as a restart of the server would. */
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => server?.close(resolve));
    },
  };
}

export function message(fields: Partial<ClientMessage> & { ts: string }): ClientMessage {
  return { channel: "C0LAUNCH", user: ADA.id, text: "", ...fields };
}

export function view(fields: Partial<ClientView>): ClientView {
  return { id: "V0", type: "modal", hash: "1", blocks: [], ...fields };
}

function isReply({ ts, thread_ts }: ClientMessage): boolean {
  return thread_ts !== undefined && thread_ts !== ts;
}
