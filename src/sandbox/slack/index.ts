/** What the rest of the sandbox may know of its Slack; client-api.ts is what a browser may. */
export { type SlackPart, startSlack } from "./start-slack.ts";
