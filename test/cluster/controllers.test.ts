import { controllers } from "../contract/controllers.ts";
import { startRealSite } from "./start-real-site.ts";
import { testbed, WITHOUT } from "./testbed.ts";

const found = testbed();

// Works in namespaces named contract-…; cuts ports, closes the firewall and restarts Traefik, so nothing else may run beside it.
const open = () => (found ? startRealSite(found) : Promise.reject(new Error(WITHOUT)));
controllers("the testbed", open, found ? undefined : WITHOUT);
