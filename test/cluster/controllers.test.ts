import { describe, test } from "vitest";
import { controllers } from "../contract/controllers.ts";
import { startRealSite } from "./start-real-site.ts";
import { testbed, WITHOUT } from "./testbed.ts";

const found = testbed();

// Works in namespaces named contract-…; cuts ports, closes the firewall and restarts Traefik, so nothing else may run beside it.
if (found) controllers("the testbed", () => startRealSite(found));
else describe.skip(`a cluster's controllers: ${WITHOUT}`, () => test("are held against the contract", () => {}));
