import { afterEach, beforeEach, expect, test } from "vitest";
import { createCluster } from "../../src/cluster/create-cluster.ts";
import { pokeProject } from "../../src/cluster/poke-project.ts";
import { createProjects } from "../../src/cluster/projects.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { evidence } from "../../src/evidence/index.ts";
import { project } from "../builders/project.ts";
import { type Server, soon, startServer } from "./start-server.ts";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let server: Server;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

function listen() {
  const heard: string[] = [];
  const cluster = createCluster({
    evidence,
    connection: server.connection(),
    namespace: "slipway-system",
    onHint: (name) => heard.push(`look at ${name}`),
    onPoke: ({ metadata }) => heard.push(`poked ${metadata.name}`),
    onChannelOpened: ({ metadata }) => heard.push(`channel of ${metadata.name}`),
    clock: { now: () => new Date() },
    log: quiet,
  });
  return { cluster, heard };
}

test("that a channel takes messages again is passed on likewise, and is not taken for news of the project", async () => {
  const request = createRequest(server.connection());
  await createProjects(request, "slipway-system").create("rrr", project().spec);
  const at = { namespace: "slipway-system", name: "rrr" };
  await pokeProject(request, at, new Date(0), "channelOpened");
  const { cluster, heard } = listen();
  await soon(() => heard.length > 0);
  await pokeProject(request, at, new Date(1), "channelOpened");
  await soon(() => heard.length > 1);
  await pokeProject(request, at, new Date(2));
  await soon(() => heard.length > 3);
  expect(heard).toEqual(["look at rrr", "channel of rrr", "poked rrr", "look at rrr"]);
  cluster.stop();
});

test("what one replica was told of, the others hear of: once, and not of the status that is written meanwhile", async () => {
  const request = createRequest(server.connection());
  const projects = createProjects(request, "slipway-system");
  const made = await projects.create("rrr", project().spec);
  const { cluster, heard } = listen();
  await soon(() => heard.length > 0);
  await projects.writeStatus(made, project().status);
  await pokeProject(request, { namespace: "slipway-system", name: "rrr" }, new Date());
  await soon(() => heard.length > 1);
  const again = await projects.get("rrr");
  if (!again) throw new Error("it was there");
  const { metadata } = await projects.writeStatus(again, { ...again.status, url: "http://rrr.example.com" });
  await soon(() => cluster.projects().some((each) => each.metadata.resourceVersion === metadata.resourceVersion));
  expect(heard).toEqual(["look at rrr", "poked rrr", "look at rrr"]);
  cluster.stop();
});
