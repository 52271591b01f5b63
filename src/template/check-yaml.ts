import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments } from "yaml";
import { readOrigin } from "./origin.ts";

/** What is wrong with a rendered YAML file. */
export interface YamlFault {
  /** Of the template's source where a variable is at fault, else of the rendered text. */
  line: number | undefined;
  reason: string;
  fix: string;
}

// Kubernetes, Flux and Actions do not agree on one version: to 1.1 `on` is a boolean, to 1.2 `080` is a number.
const VERSIONS = ["1.2", "1.1"] as const;

const QUOTE_IT = "write it through the filter string, as in [[= name | string =]], which always quotes";

/**
 * Holds a rendered file against the same file rendered with marks around what variables gave (origin.ts):
 * it must parse, a variable must not change what the file is made of, and each scalar that derives from
 * a string must be that string, whichever YAML reads it. Undefined: nothing is wrong.
 */
export function checkYaml(text: string, marked: string): YamlFault | undefined {
  // With its marks a scalar is a string to every version, so this one is parsed only once.
  const traced = parse(marked, "1.2");
  for (const version of VERSIONS) {
    const real = parse(text, version);
    if ("error" in real) return unparsable(real.error, real.line, marked);
    if ("error" in traced) return structureFault(originNear(marked, traced.line));
    const fault = compareAll(real.documents, traced.documents);
    if (fault) return fault;
  }
  return undefined;
}

function parse(
  text: string,
  version: (typeof VERSIONS)[number],
): { documents: unknown[] } | { error: string; line: number } {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { version, lineCounter, prettyErrors: false });
  if (!Array.isArray(documents)) return { documents: [] };
  for (const document of documents) {
    const [error] = document.errors;
    if (error) return { error: error.message, line: lineCounter.linePos(error.pos[0]).line };
  }
  return { documents: documents.map((document) => document.contents) };
}

function compareAll(real: readonly unknown[], traced: readonly unknown[]): YamlFault | undefined {
  if (real.length !== traced.length) return structureFault(undefined);
  for (const [index, node] of real.entries()) {
    const fault = compare(node, traced[index]);
    if (fault) return fault;
  }
  return undefined;
}

/** `real` and `traced` are nodes of the two renderings, at the same place. */
function compare(real: unknown, traced: unknown): YamlFault | undefined {
  if (isScalar(traced)) return compareScalar(isScalar(real) ? real.value : undefined, traced.value);
  if (isAlias(traced) && isAlias(real)) return undefined;
  if (isPair(traced) && isPair(real)) return compare(real.key, traced.key) ?? compare(real.value, traced.value);
  if ((isMap(traced) && isMap(real)) || (isSeq(traced) && isSeq(real))) {
    return compareAll(real.items, traced.items);
  }
  return real === traced || (real == null && traced == null) ? undefined : structureFault(undefined);
}

function compareScalar(real: unknown, traced: unknown): YamlFault | undefined {
  if (typeof traced !== "string") return undefined;
  const origin = readOrigin(traced);
  if (origin.broken) return structureFault(origin.line);
  if (origin.line === undefined || real === origin.text) return undefined;
  const kind = real === null ? "null" : real instanceof Date ? "a date" : `a ${typeof real}`;
  return {
    line: origin.line,
    reason: `“${origin.text}” comes from a variable and is unquoted, so YAML reads it as ${kind}, not as a string`,
    fix: QUOTE_IT,
  };
}

function structureFault(line: number | undefined): YamlFault {
  return { line, reason: "a variable's value changes what the YAML is made of, for it is unquoted", fix: QUOTE_IT };
}

function unparsable(message: string, line: number, marked: string): YamlFault {
  return {
    line: originNear(marked, line) ?? line,
    reason: `the YAML that came of it cannot be parsed: ${message}`,
    fix: "mend the YAML; where a variable stands in it, write it through the filter string",
  };
}

/** Of the rendered line, the template's line that its first value came from. */
function originNear(marked: string, line: number): number | undefined {
  return readOrigin(marked.split("\n")[line - 1] ?? "").line;
}
