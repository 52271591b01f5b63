/** What the rest of the sandbox may know of its cluster: an API server, what it keeps, and what acts on it. */
export { startApiServer } from "./api/start-api-server.ts";
export type { Control } from "./controllers/control.ts";
export { startControllers } from "./controllers/start-controllers.ts";
export { createStore } from "./create-store.ts";
export type { Store } from "./store.ts";
