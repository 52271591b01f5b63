import type { ApiServer } from "../start-api-server.ts";
import type { Call } from "./load-projects.ts";
import { median } from "./median.ts";
import { nameOf } from "./objects-of.ts";
import type { ProcessUse } from "./process-use.ts";
import { settleProject } from "./settle-project.ts";
import { startBot } from "./start-bot.ts";
import { type Outside, startOutside } from "./start-outside.ts";
import { type Warned, warnSlack } from "./warn-slack.ts";

const AT_ONCE = 8;
const IDLE_SECONDS = 600;

export interface BotUse {
  /** Process start to `/readyz`, of restarts. */
  readySeconds: number;
  /** Once every project has been looked at for the first time. */
  settled: ProcessUse;
  fromWatchSeconds: number;
  fromWriteSeconds: number;
}

/** The whole bot, leading, with projects that are live and have nothing to do. */
export async function measureBot(
  server: ApiServer,
  call: Call,
  given: { projects: number; repetitions: number; warnings: number; say: (line: string) => void },
): Promise<BotUse> {
  const { projects, say } = given;
  const outside = await startOutside(server);
  try {
    let next = 0;
    const settle = async () => {
      while (next < projects) await settleProject(nameOf(next++), { call, ...outside });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, settle));
    say(`${projects} projects are on GitHub and in Slack`);

    const led = await lead(outside, { server, call, ...given });
    const ready: number[] = [];
    for (let repetition = 0; repetition < given.repetitions; repetition += 1) {
      const again = await startBot(outside.environment);
      ready.push(again.readySeconds);
      say(`ready again after ${again.readySeconds.toFixed(1)} s: ${JSON.stringify(again.use())}`);
      await again.end();
    }
    return {
      readySeconds: median(ready),
      ...led,
    };
  } finally {
    await outside.close();
  }
}

/** Until every project has been looked at; then some of them get into trouble. */
async function lead(
  outside: Outside,
  given: { server: ApiServer; call: Call; warnings: number; say: (line: string) => void },
): Promise<Omit<BotUse, "readySeconds">> {
  const { server, call, say } = given;
  const bot = await startBot(outside.environment);
  try {
    say(`ready after ${bot.readySeconds.toFixed(1)} s: ${JSON.stringify(bot.use())}`);
    const idle = await bot.idle(IDLE_SECONDS);
    const settled = bot.use();
    say(`${idle ? "every project looked at" : "still looking"}: ${JSON.stringify(settled)}`);
    const warned: Warned[] = [];
    for (let index = 0; index < given.warnings; index += 1) {
      const one = await warnSlack(nameOf(index), { kubeConfig: server.kubeConfig, call, outside });
      warned.push(one);
      say(`warned: ${JSON.stringify(one)}`);
    }
    return {
      settled,
      fromWatchSeconds: median(warned.map(({ fromWatchSeconds }) => fromWatchSeconds)),
      fromWriteSeconds: median(warned.map(({ fromWriteSeconds }) => fromWriteSeconds)),
    };
  } finally {
    await bot.end();
  }
}
