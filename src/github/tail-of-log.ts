import { stripVTControlCharacters } from "node:util";
import { maskSecrets } from "../project/mask-secrets.ts";

export interface Tail {
  lines: number;
  /** When the failed step ran, so that the clean-up steps after it do not hide what it said. */
  startedAt?: string | null | undefined;
  completedAt?: string | null | undefined;
}

/** `2026-01-02T03:04:05.1234567Z npm error …` */
const STAMPED = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z ?/;

/** The last lines of a job's log, without times and colours, secrets masked; of the failed step where times tell it apart. */
export async function tailOfLog(log: ReadableStream<Uint8Array>, tail: Tail): Promise<string[]> {
  const whole: string[] = [];
  const ofStep: string[] = [];
  // Steps' times are whole seconds, a line's are finer.
  const from = tail.startedAt ? secondsOf(tail.startedAt) : undefined;
  const to = tail.completedAt ? secondsOf(tail.completedAt) : undefined;
  let stepEnded = false;

  for await (const line of linesOf(log)) {
    const stamp = STAMPED.exec(line);
    const text = clean(stamp ? line.slice(stamp[0].length) : line);
    if (text === undefined) continue;
    keep(whole, text, tail.lines);
    if (from === undefined || to === undefined || !stamp?.[1] || stepEnded) continue;
    const at = secondsOf(`${stamp[1]}Z`);
    if (at < from || at > to) continue;
    keep(ofStep, text, tail.lines);
    // The runner's last word on a step that failed; the next step may begin within the same second.
    if (text.startsWith("Error: Process completed with exit code")) stepEnded = true;
  }
  return ofStep.length > 0 ? ofStep : whole;
}

function secondsOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function keep(lines: string[], line: string, limit: number): void {
  lines.push(line);
  if (lines.length > limit) lines.shift();
}

/** Workflow commands are the runner's own mark-up: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function clean(line: string): string | undefined {
  const text = stripVTControlCharacters(line).trimEnd();
  if (text === "" || /^##\[(group|endgroup)\]/.test(text)) return undefined;
  return maskSecrets(text.replace(/^##\[error\]/, "Error: ").replace(/^##\[\w+\]/, "")).slice(0, 1_000);
}

async function* linesOf(log: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of log) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    // A line without an end in sight is cut, not gathered.
    rest = (parts.pop() ?? "").slice(0, 64 * 1024);
    yield* parts;
  }
  if (rest) yield rest;
}
