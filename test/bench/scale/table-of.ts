import type { Comparison, WatchUse } from "./compare-watches.ts";
import type { BotUse } from "./measure-bot.ts";
import type { StandbyUse } from "./measure-standby.ts";

export interface Results {
  node: string;
  watches: Record<number, Comparison>;
  bot?: BotUse & { projects: number };
  standby: Record<number, StandbyUse>;
}

const WATCHES: readonly [field: keyof WatchUse, title: string, unit: string][] = [
  ["syncedMb", "RSS, all listed and watched", "MB"],
  ["churnedMb", "RSS after the updates", "MB"],
  ["anonymousMb", "of that, in no file", "MB"],
  ["peakMb", "RSS at its highest", "MB"],
  ["syncSeconds", "process start to all in step", "s"],
  ["syncCpuSeconds", "CPU until in step", "s"],
  ["churnCpuSeconds", "CPU of the updates", "s"],
];

/** Medians, side by side where there is a peer. */
export function tableOf({ watches, bot, standby }: Results): string {
  const lines = [
    "| projects | what | Slipway | client-node's informers | share |",
    "| ---: | --- | ---: | ---: | ---: |",
  ];
  const row = (projects: number | string, what: string, own: number, unit: string, peer?: number) => {
    const beside = peer === undefined ? "| | |" : `| ${figure(peer)} ${unit} | ${(own / peer).toFixed(2)} |`;
    lines.push(`| ${projects} | ${what} | ${figure(own)} ${unit} ${beside}`);
  };
  for (const [projects, { own, peer }] of Object.entries(watches))
    for (const [field, title, unit] of WATCHES) row(projects, `watches: ${title}`, own[field], unit, peer[field]);
  if (bot) {
    const { projects, settled } = bot;
    row(projects, "whole bot: restart to ready", bot.readySeconds, "s");
    row(projects, "whole bot, leading: RSS, each project looked at", settled.rssMb, "MB");
    row(projects, "whole bot, leading: RSS at its highest", settled.peakMb, "MB");
    row(projects, "whole bot, leading: CPU until each was looked at", settled.cpuSeconds, "s");
    row(projects, "source fails, watch event to Slack's message", bot.fromWatchSeconds, "s");
    row(projects, "source fails, write of its status to Slack's message", bot.fromWriteSeconds, "s");
  }
  for (const [projects, { readySeconds, settled }] of Object.entries(standby)) {
    row(projects, "whole bot, standing by: start to ready", readySeconds, "s");
    row(projects, "whole bot, standing by: RSS", settled.rssMb, "MB");
    row(projects, "whole bot, standing by: RSS at its highest", settled.peakMb, "MB");
  }
  return lines.join("\n");
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
