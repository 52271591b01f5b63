/** What the rest of the sandbox may know of its GitHub. */
export { runtimeFiles } from "./registry/runtime-files.ts";
export { type GitHubPart, startGitHub } from "./start.ts";
