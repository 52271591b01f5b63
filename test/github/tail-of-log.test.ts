import { expect, it } from "vitest";
import { tailOfLog } from "../../src/github/tail-of-log.ts";

function log(...lines: string[]): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(`\uFEFF${lines.join("\r\n")}`);
  // Cut at odd places, as the network does.
  return ReadableStream.from(
    Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => bytes.slice(i * 7, i * 7 + 7)),
  );
}

const lines = [
  "2026-01-02T03:00:01.1234567Z ##[group]Run npm test",
  "2026-01-02T03:00:01.2234567Z \u001b[36;1mnpm test\u001b[0m",
  "2026-01-02T03:00:02.0000000Z ##[endgroup]",
  "2026-01-02T03:00:03.0000000Z größer than expected",
  "2026-01-02T03:00:04.5000000Z ##[error]Process completed with exit code 1.",
  "2026-01-02T03:00:04.9000000Z Post job cleanup.",
  "2026-01-02T03:00:05.0000000Z git config --unset token=abcdefgh",
];

it("ends with what the failed step said last, not with the cleaning up after it", async () => {
  const step = { startedAt: "2026-01-02T03:00:01Z", completedAt: "2026-01-02T03:00:04Z" };
  expect(await tailOfLog(log(...lines), { lines: 2, ...step })).toEqual([
    "größer than expected",
    "Error: Process completed with exit code 1.",
  ]);
});

it("is the end of the whole log when no step is known, with secrets masked", async () => {
  expect(await tailOfLog(log(...lines), { lines: 2 })).toEqual(["Post job cleanup.", "git config --unset token=***"]);
});

it("has no colours, no times and no mark-up", async () => {
  expect(await tailOfLog(log(...lines.slice(0, 3)), { lines: 9 })).toEqual(["npm test"]);
});

it("keeps no more than it was asked for, however long the log is", async () => {
  const many = Array.from({ length: 5_000 }, (_, i) => `2026-01-02T03:00:01.0000000Z line ${i}`);
  expect(await tailOfLog(log(...many), { lines: 3 })).toEqual(["line 4997", "line 4998", "line 4999"]);
});
