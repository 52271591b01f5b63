import type { Comparison, WatchUse } from "./compare-watches.ts";

export interface Results {
  node: string;
  watches: Record<number, Comparison>;
}

const ROWS: readonly [field: keyof WatchUse, title: string, unit: string][] = [
  ["syncedMb", "RSS, all listed and watched", "MB"],
  ["churnedMb", "RSS after a minute of changes", "MB"],
  ["anonymousMb", "of that, no file's", "MB"],
  ["peakMb", "RSS at its highest", "MB"],
  ["syncSeconds", "process start to all in step", "s"],
  ["syncCpuSeconds", "CPU until in step", "s"],
  ["churnCpuSeconds", "CPU of the changes", "s"],
];

/** Medians, side by side. */
export function tableOf({ watches }: Results): string {
  const lines = [
    "| projects | what | Slipway | client-node's informers | share |",
    "| ---: | --- | ---: | ---: | ---: |",
  ];
  for (const [projects, { own, peer }] of Object.entries(watches))
    for (const [field, title, unit] of ROWS)
      lines.push(
        `| ${projects} | ${title} | ${figure(own[field])} ${unit} | ${figure(peer[field])} ${unit} | ${(own[field] / peer[field]).toFixed(2)} |`,
      );
  return lines.join("\n");
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
