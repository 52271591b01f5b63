import { controllers } from "../../../contract/controllers.ts";
import { startSimulatedSite } from "./start-simulated-site.ts";

controllers("the sandbox's cluster", startSimulatedSite);
