import type { KnownBlock } from "@slack/types";
import type { LaunchRequest } from "../../project/ports/launcher.ts";
import { actions, button } from "./blocks.ts";

/** The whole wish travels in the button, so that pressing it needs nothing remembered. */
export function launchButton(request: LaunchRequest, text: string): KnownBlock[] {
  const value = JSON.stringify(request);
  return value.length > 2000 ? [] : actions(button({ action: "create-proposed", text, value, style: "primary" }));
}
