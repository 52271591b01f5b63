import { checkYaml } from "./check-yaml.ts";
import { delimiters } from "./delimiters.ts";

export interface RenderedFault {
  line: number | undefined;
  reason: string;
  fix: string;
}

/**
 * What is wrong with a file that was rendered. `marked` is the same with the origins of what variables gave.
 * Lines are the source's where it can be told.
 */
export function checkRendered(path: string, source: string, text: string, marked: string): RenderedFault | undefined {
  const leftover = findLeftover(text);
  if (leftover) {
    return {
      line: sourceLine(source, text, leftover),
      reason: `the delimiter ${leftover} is left in what was rendered`,
      fix: "close the placeholder, or list the file under verbatim in template.yaml if it is meant to show one",
    };
  }
  if (/\.ya?ml$/i.test(path)) return checkYaml(text, marked);
  if (/\.json$/i.test(path) && isJson(source) && !isJson(text)) {
    return {
      line: undefined,
      reason: "was JSON before it was rendered and is none after",
      fix: "let the placeholder be the whole value and write it through the filter string",
    };
  }
  return undefined;
}

/** The first of our delimiters in a text. */
export function findLeftover(text: string): string | undefined {
  return Object.values(delimiters).find((delimiter) => text.includes(delimiter));
}

/** A line with a leftover is usually the source's as it was; else the rendered text's number has to do. */
function sourceLine(source: string, text: string, part: string): number {
  const lines = text.split("\n");
  const rendered = lines.findIndex((line) => line.includes(part));
  const asWritten = source.split("\n").indexOf(lines[rendered] ?? "");
  return (asWritten < 0 ? rendered : asWritten) + 1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
