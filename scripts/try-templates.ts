import { readTemplates } from "../src/template/read-templates.ts";
import { tryTemplate } from "./try-template.ts";

/**
 * Renders each template that comes with Slipway, and TEMPLATES_DIR's, and runs its application once:
 * `npm ci`, `npm test`, `npm start`, and its health path asked over HTTP. Names as arguments choose some.
 */
const directories = [
  `${import.meta.dirname}/../templates`,
  ...(process.env.TEMPLATES_DIR ? [process.env.TEMPLATES_DIR] : []),
];
const wanted = process.argv.slice(2);
const all = await readTemplates(directories);
const templates = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const unknown = wanted.filter((name) => !all.some((template) => template.name === name));
for (const name of unknown) process.stdout.write(`✘ ${name}: no such template\n`);

let failed = unknown.length;
for (const template of templates) {
  const started = Date.now();
  const failure = await tryTemplate(template);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${failure ? "✘" : "✔"} ${template.name} ${seconds} s${failure ? `\n${failure}` : ""}\n`);
  if (failure) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
