/** What the rest of the sandbox may know of its console. */
export { createConsole } from "./create-console.ts";
export type { ObjectView, WorldView } from "./world-view.ts";
