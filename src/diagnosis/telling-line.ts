/** Says only that something went wrong: the runner's last word, and what a tool adds that ran another. */
const EMPTY =
  /exit(ed with)? (code|status)[: ]+\d+|did not complete successfully|A complete log of this run can be found/i;
/** `AssertionError: …`, `error: …`, `npm error …`, `fatal: …`, `src/a.ts(3,1): error TS2322: …`, `--- FAIL: …`. */
const NAMED = /^\W*(\w+\.)*\w*(Error|Exception|FAIL)\b[^:]*:|^\W*(error|fatal|panic)\b|\berror( TS\d+|\[E\d+\])?:/i;

/** Of the end of a failed step's log the line that says why: the last that names an error, else the last that says anything. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const said = lines.filter((line) => line.trim() !== "" && !EMPTY.test(line));
  return said.findLast((line) => NAMED.test(line)) ?? said.at(-1) ?? lines.at(-1);
}
