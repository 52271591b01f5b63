import type { Config } from "../config.ts";
import { createAgentVantage } from "../probes/create-agent-vantage.ts";
import { createGlobalpingVantage } from "../probes/create-globalping-vantage.ts";
import { createInsideVantage } from "../probes/create-inside-vantage.ts";
import type { Vantage } from "../project/ports/probes.ts";

/** From here, and from wherever configuration says. */
export function vantagesOf(config: Config, clock: { now(): Date }): Vantage[] {
  return [
    createInsideVantage({ clock }),
    ...config.vantages.map((vantage) =>
      vantage.kind === "globalping"
        ? createGlobalpingVantage({ clock, ...(vantage.token === undefined ? {} : { token: vantage.token }) })
        : createAgentVantage({ url: vantage.url, name: vantage.name, secret: config.vantageSecret ?? "", clock }),
    ),
  ];
}
