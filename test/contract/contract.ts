import { describe } from "vitest";
import { allowing } from "./allowing.ts";
import { applying } from "./applying.ts";
import type { Connection } from "./connection.ts";
import { ending } from "./ending.ts";
import { reading } from "./reading.ts";
import { validating } from "./validating.ts";
import { watching } from "./watching.ts";
import { writing } from "./writing.ts";

/**
 * How an API server behaves, as far as Slipway and those who look over its shoulder rely on it. The same suite holds the
 * sandbox's server and a real one; whatever differs is a fault of the sandbox's.
 */
export function contract(name: string, connect: () => Promise<Connection>): void {
  describe(`${name} keeps the contract of an API server`, () => {
    applying(connect);
    writing(connect);
    reading(connect);
    watching(connect);
    ending(connect);
    allowing(connect);
    validating(connect);
  });
}
