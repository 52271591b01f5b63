import { vi } from "vitest";
import { controllers } from "../../../contract/controllers.ts";
import { startSimulatedSite } from "./start-simulated-site.ts";

// A test waits for several things, each of which a machine under load may keep it waiting for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

controllers("the sandbox's cluster", startSimulatedSite);
