import { parseArgs } from "node:util";

export interface Flags {
  /** Slash commands typed one after another; the sandbox ends when the last launch has. */
  run: string[];
  scenarios: string[];
  speed: number;
  seed: string;
  kubeconfig: string | undefined;
  address: string;
  domain: string | undefined;
  imageLayer: string | undefined;
  imageEntrypoint: string[] | undefined;
  build: string | undefined;
  port: number;
  kubeconfigOut: string | undefined;
  keep: string | undefined;
  /** Empty: all of it, and the bot. */
  only: Part[];
  /** After the last --run, until Ctrl-C. */
  stay: boolean;
  help: boolean;
}

export const PARTS = ["slack", "github", "cluster"] as const;
export type Part = (typeof PARTS)[number];

/** Thrown with a sentence for the person who typed it. */
export class UsageError extends Error {}

/** The command line, checked whole. */
export function readFlags(args: string[]): Flags {
  const { values } = parse(args);
  const run = values.run ?? [];
  return {
    run: run.map(slashCommand),
    scenarios: values.scenario ?? [],
    speed: positive("--speed", values.speed ?? (run.length > 0 ? "10" : "4")),
    seed: values.seed ?? "slipway",
    kubeconfig: values.kubeconfig,
    address: values.address ?? "127.0.0.1",
    domain: values.domain,
    imageLayer: values["image-layer"],
    imageEntrypoint: values["image-entrypoint"]?.split(" "),
    build: values.build,
    port: portOf(values.port ?? "7300"),
    kubeconfigOut: values["kubeconfig-out"],
    keep: values.keep,
    only: (values.only ?? "")
      .split(",")
      .filter((part) => part !== "")
      .map(partOf),
    stay: values.stay ?? false,
    help: values.help ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        run: { type: "string", multiple: true },
        scenario: { type: "string", multiple: true },
        speed: { type: "string" },
        seed: { type: "string" },
        kubeconfig: { type: "string" },
        address: { type: "string" },
        domain: { type: "string" },
        "image-layer": { type: "string" },
        "image-entrypoint": { type: "string" },
        build: { type: "string" },
        port: { type: "string" },
        "kubeconfig-out": { type: "string" },
        keep: { type: "string" },
        only: { type: "string" },
        stay: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function slashCommand(text: string): string {
  if (text.startsWith("/")) return text;
  throw new UsageError(
    `--run takes what a person would type, as "/project create rrr"; this is not a command: ${text}`,
  );
}

function positive(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`${flag} takes a number above 0, not ${text}`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_530) return port;
  throw new UsageError(`--port takes a port from 1 to 65530, or 0 for free ones, not ${text}`);
}

function partOf(text: string): Part {
  const part = PARTS.find((each) => each === text);
  if (part) return part;
  throw new UsageError(`--only takes some of ${PARTS.join(", ")}; there is no part called ${text}`);
}
