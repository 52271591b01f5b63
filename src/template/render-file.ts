import { matchesGlob } from "node:path/posix";
import { type Liquid, LiquidError } from "liquidjs";
import { checkRendered, findLeftover } from "./check-rendered.ts";
import { traceOrigins } from "./origin.ts";
import type { Template, TemplateFile } from "./template.ts";
import { TemplateError } from "./template-error.ts";

/** One file of the project to be. Text is a string, anything else passes through as it was read. */
export interface RenderedFile {
  path: string;
  content: string | Uint8Array;
  mode: "100644" | "100755";
}

/** @throws TemplateError with the template's file and line */
export function renderFile(engine: Liquid, template: Template, file: TemplateFile, scope: object): RenderedFile {
  const place = `${template.name}/${file.path}`;
  const path = renderPath(engine, place, file.path, scope);
  const source = asText(file.content);
  if (source === undefined || template.verbatim.some((glob) => matchesGlob(file.path, glob))) {
    return { path, content: source ?? file.content, mode: file.mode };
  }
  const content = renderText(engine, place, source, scope);
  const marked = renderText(engine, place, traceOrigins(source), scope);
  const fault = checkRendered(path, source, content, marked);
  if (fault) throw new TemplateError("template-unrendered", { file: place, ...fault });
  return { path, content, mode: file.mode };
}

function renderPath(engine: Liquid, place: string, source: string, scope: object): string {
  const path = renderText(engine, place, source, scope, "path");
  const segments = path.split("/");
  const unfit = segments.some((part) => part === "" || part === "." || part === ".." || /^\.git$/i.test(part));
  if (unfit || /[\0\n\\]/.test(path) || findLeftover(path)) {
    throw new TemplateError("template-unrendered", {
      file: place,
      reason: `its name would become ${JSON.stringify(path)}, which is no path in a repository`,
      fix: "mend the placeholders in the name of the file or of its directories",
    });
  }
  return path;
}

function renderText(
  engine: Liquid,
  place: string,
  source: string,
  scope: object,
  what: "path" | "text" = "text",
): string {
  try {
    // Always text: `keepOutputType` is off.
    return String(engine.parseAndRenderSync(source, scope));
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const [line] = error.token.getPosition();
    throw new TemplateError("template-unrendered", {
      file: place,
      line: what === "text" ? line : undefined,
      // Liquid appends its own place to the message.
      reason: error.message.replace(/, line:\d+, col:\d+$/, ""),
      fix: fixFor(error.name),
      cause: error,
    });
  }
}

function fixFor(errorName: string): string {
  switch (errorName) {
    case "UndefinedVariableError":
      return "correct the name, or declare the variable in template.yaml";
    case "TokenizationError":
      return "close the placeholder, or list the file under verbatim in template.yaml if it is meant to show one";
    default:
      return "correct the expression: https://liquidjs.com/tutorials/intro-to-liquid.html";
  }
}

/** Git's own rule for what is binary (a NUL among the first 8000 bytes), and UTF-8 beyond that. */
function asText(content: Uint8Array): string | undefined {
  if (content.subarray(0, 8000).includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
