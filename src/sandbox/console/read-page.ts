import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const PAGE = fileURLToPath(new URL("./page/", import.meta.url));

/** What the page imports by a bare name; node_modules keeps each as one ES module. */
export const VENDORED = ["preact", "preact/hooks", "preact/jsx-runtime"];

const JAVASCRIPT = "text/javascript; charset=utf-8";
const CONTENT_TYPES: Record<string, string> = {
  ".ts": JAVASCRIPT,
  ".tsx": JAVASCRIPT,
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface Page {
  /** Changes when any file does, so that everything under it may be kept for good. */
  version: string;
  html: string;
  files: Map<string, { contentType: string; body: string }>;
}

/** The page's files as a browser takes them: TypeScript without its types, one module a file; nothing is bundled. */
export async function readPage(): Promise<Page> {
  const files: Page["files"] = new Map();
  for (const entry of await readdir(PAGE, { recursive: true })) {
    const contentType = CONTENT_TYPES[extname(entry)];
    if (contentType === undefined) continue;
    const source = await readFile(join(PAGE, entry), "utf8");
    const body = contentType === JAVASCRIPT ? stripTypes(entry, source) : source;
    files.set(entry.replaceAll("\\", "/"), { contentType, body });
  }
  for (const name of VENDORED) {
    const body = await readFile(fileURLToPath(import.meta.resolve(name)), "utf8");
    files.set(`vendor/${name}.js`, { contentType: JAVASCRIPT, body });
  }
  const html = await readFile(join(PAGE, "index.html"), "utf8");
  const digest = createHash("sha256").update(html);
  for (const [path, { body }] of files) digest.update(path).update(body);
  return { version: digest.digest("hex").slice(0, 12), html, files };
}

function stripTypes(path: string, source: string): string {
  const { outputText, diagnostics } = ts.transpileModule(source, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.ReactJSX,
      jsxImportSource: "preact",
      verbatimModuleSyntax: true,
    },
  });
  const [fault] = diagnostics ?? [];
  if (fault) throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(fault.messageText, " ")}`);
  return outputText;
}
