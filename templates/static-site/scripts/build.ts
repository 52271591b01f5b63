import { cpSync, rmSync } from "node:fs";
import { checkSite } from "./check-site.ts";

// A site with a broken link is not built, and so not deployed.
const problems = checkSite("site");
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}

rmSync("dist", { recursive: true, force: true });
cpSync("site", "dist", { recursive: true });
console.log("dist is ready");
