import type { Random } from "../../../shared/world.ts";
import type { Storage } from "../create-storage.ts";

/** What admission may look at and use. */
export interface Admission {
  storage: Storage;
  random: Random;
  warn: (message: string) => void;
}
