// The standalone server serves static files from beside it, but Next.js leaves it to us to put them there:
// https://nextjs.org/docs/app/api-reference/config/next-config-js/output#automatically-copying-traced-files
import { cpSync, existsSync } from "node:fs";

cpSync(".next/static", ".next/standalone/.next/static", { recursive: true });
if (existsSync("public")) cpSync("public", ".next/standalone/public", { recursive: true });
