import { notFound, refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

/** These routes are asked with the App's own JWT. */
export function demandApp(call: Call): void {
  if (call.principal.kind !== "app") refuse(401, "A JSON web token could not be decoded");
}

export function demandInstallation(call: Call): void {
  demandApp(call);
  if (call.params.installation_id !== String(call.hub.app.installationId)) notFound();
}
