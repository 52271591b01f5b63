import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Push } from "../team/checkout.ts";
import type { Team } from "../team/team.ts";
import { createScribes } from "./create-scribe.ts";
import type { Scribe } from "./scribe.ts";

/** Of real time, on a machine that is shared. */
const PATIENCE_SECONDS = 240;
/** Who launched is not called while they are taken to be looking: a minute, and a little. */
const LOOKING_MS = 62_000;

/** One project, and who writes down what is read of it. */
export interface Tale {
  app: Application;
  scribe: Scribe;
  /** The launch's card, or that of a push, as it reads now; empty as long as there is none. */
  card(push?: Push): string;
  /** Of the launch, or of a push: its card says so, and its thread. */
  isLive(push?: Push): boolean;
  /** Writes down that it was pushed, and waits for its card. */
  pushed(push: Push): Promise<void>;
  /** From then on whoever launched it is called where something fails; `pressed`: when they last pressed a button. */
  whenNobodyLooks(pressed?: number): Promise<void>;
}

export interface Teller {
  /** `/project create`, and no waiting. */
  tell(name: string, words?: string): Promise<Tale>;
  /** The same, and its build fails. Whose is next is not asked, so that it has to be the only one that is on its way. */
  tellOfFailure(name: string): Promise<Tale>;
  /** The same, until it is live. */
  launched(name: string, words?: string): Promise<Tale>;
}

export function createTeller(team: Team): Teller {
  const scribeFor = createScribes(team);
  const { control } = team.sandbox.github;

  async function tell(name: string, words = "template=node-service"): Promise<Tale> {
    const begun = Date.now();
    const app = await team.create(name, words);
    const scribe = scribeFor(app, `/project create ${name} ${words}`);
    const card = (push?: Push) => (push ? app.thread(push).root.text : (app.threads()[0]?.root.text ?? ""));
    return {
      app,
      scribe,
      card,
      isLive: (push) => / · live/.test(card(push)) && (push !== undefined || app.text().includes(`${name} is live at`)),
      async pushed(push) {
        scribe.notes(`Ada pushes ${push.short} “${push.title}”`);
        await until(PATIENCE_SECONDS, `a card for ${push.title}`, () => card(push) !== "");
      },
      whenNobodyLooks: (pressed = begun) => sleep(Math.max(0, pressed + LOOKING_MS - Date.now())),
    };
  }

  return {
    tell,
    async tellOfFailure(name) {
      control.failNextBuild();
      const tale = await tell(name);
      await until(PATIENCE_SECONDS, `${name}'s build to fail`, () => !control.nextBuildFails());
      return tale;
    },
    async launched(name, words) {
      const tale = await tell(name, words);
      await tale.scribe.reads("live", () => tale.isLive());
      return tale;
    },
  };
}
