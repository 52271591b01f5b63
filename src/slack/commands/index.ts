import { cancel } from "./cancel.ts";
import type { Command } from "./command.ts";
import { create } from "./create.ts";
import { deleteProject } from "./delete.ts";
import { doctor } from "./doctor.ts";
import { help } from "./help.ts";
import { keep } from "./keep.ts";
import { list } from "./list.ts";
import { pin } from "./pin.ts";
import { plan } from "./plan.ts";
import { retry } from "./retry.ts";
import { status } from "./status.ts";
import { undo } from "./undo.ts";
import { unpin } from "./unpin.ts";

/** What `/project` knows, as help tells it. A test holds it against this directory and the catalogue. */
export const commands: Command[] = [
  create,
  plan,
  status,
  list,
  doctor,
  retry,
  undo,
  cancel,
  keep,
  pin,
  unpin,
  deleteProject,
  help,
];
