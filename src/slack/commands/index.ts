import type { Command } from "./command.ts";
import { create } from "./create.ts";
import { help } from "./help.ts";

/** What `/project` knows. A test holds it against this directory and the catalogue's help. */
export const commands: Command[] = [create, help];
