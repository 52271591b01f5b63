import type { RealWorld } from "../start-real-world.ts";
import type { Testbed } from "../testbed.ts";

/** A live project on the real cluster, and what one may do to it. */
export interface Living {
  name: string;
  at: Testbed;
  world: RealWorld;
  /** A directory for clones of its repository. */
  work: string;
}

/** Something that goes wrong with a project that lives, and what its thread says of it. */
export interface Fault {
  name: string;
  told: RegExp;
  /** Seconds in which it is told; where only a probe can see it, more. */
  within: 60 | 90;
  inflict(of: Living): Promise<void>;
  /** Absent: Slipway makes it good itself. */
  mend?(of: Living): Promise<void>;
}
