import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ApiServer } from "../start-api-server.ts";
import { startProcess } from "../start-process.ts";
import { POD } from "./pod.ts";
import { startWatcher } from "./start-watcher.ts";

const MAIN = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));

/**
 * As the image's build does (Dockerfile), so that whatever is measured starts from what is compiled: the bot, whose start
 * without a configuration ends once it has loaded everything, and both watchers, the peer's as well.
 */
export async function fillCompileCache(server: ApiServer): Promise<void> {
  process.env.NODE_COMPILE_CACHE = join(server.directory, "compiled");
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const bot = startProcess(process.execPath, [...POD.own, MAIN], { PATH, NODE_COMPILE_CACHE });
  bot.child.stdout?.resume();
  await once(bot.child, "exit");
  for (const who of ["own", "peer"] as const) await (await startWatcher(who, server.kubeconfigFile)).end();
}
