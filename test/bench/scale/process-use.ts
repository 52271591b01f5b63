import { readFileSync } from "node:fs";

/** A process as the kernel accounts for it: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export interface ProcessUse {
  rssMb: number;
  /** Of that, what is no file's and shared with nobody. */
  anonymousMb: number;
  /** The most that RSS has been. */
  peakMb: number;
  /** User and system. */
  cpuSeconds: number;
}

/** Linux counts in hundredths of a second, whatever the machine. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS = 100;

export function processUse(pid: number): ProcessUse {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
  // The command's name, in brackets, may have spaces in it.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return {
    rssMb: megabytes("VmRSS"),
    anonymousMb: megabytes("RssAnon"),
    peakMb: megabytes("VmHWM"),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
  };
}
