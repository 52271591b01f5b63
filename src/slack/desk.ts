import type { WebClient } from "@slack/web-api";
import type { Doctor } from "../project/ports/doctor.ts";
import type { Launcher } from "../project/ports/launcher.ts";
import type { Projects } from "../project/ports/projects.ts";
import type { Settings } from "../project/settings.ts";
import type { Words } from "../words/words.ts";
import type { Access } from "./access/create-access.ts";
import type { Clock } from "./clock.ts";
import type { Notices } from "./create-notices.ts";
import type { Log } from "./log.ts";

/** What commands, buttons and forms work with. */
export interface Desk {
  client: WebClient;
  projects: Projects;
  launcher: Launcher;
  doctor: Doctor;
  settings: Settings;
  words: Words;
  access: Access;
  clock: Clock;
  log: Log;
  notices: Notices;
  /** Address of a message: of the workspace that auth.test names. */
  permalink(channel: string, ts: string): Promise<string | undefined>;
}
