import { connect } from "node:tls";
import { pino } from "pino";
import { z } from "zod";
import { connect as connectToCluster } from "../../../src/cluster/connect.ts";
import { startReflector } from "../../../src/cluster/reflector.ts";
import { createRequest } from "../../../src/cluster/request.ts";
import type { GitHubPart } from "../../../src/sandbox/github/start.ts";

/** When each thing was first seen, in milliseconds of `performance.now()`. */
export type Marks = Partial<Record<Mark, number>>;
export type Mark = "run" | "image" | "pod" | "started" | "ready" | "certificate" | "issued" | "served";

const object = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      containerStatuses: z
        .array(z.object({ state: z.object({ running: z.unknown().optional() }).default({}) }))
        .default([]),
    })
    .prefault({}),
});

const KINDS = {
  Pod: { made: "pod", ready: "ready" },
  Certificate: { made: "certificate", ready: "issued" },
} as const;

/** Looks over everybody's shoulder, by watches and every 10 ms, at what happens to projects of any name. */
export async function watchMarks(options: {
  github: GitHubPart;
  kubeconfig: string;
  node: string;
  domain: string;
  ca: Buffer;
}): Promise<{ of(name: string): Marks; stop(): void }> {
  const marks = new Map<string, Marks>();
  const of = (name: string) => {
    const found = marks.get(name) ?? {};
    marks.set(name, found);
    return found;
  };
  const mark = (name: string, what: Mark) => {
    of(name)[what] ??= performance.now();
  };

  const connection = await connectToCluster(options.kubeconfig);
  const request = createRequest(connection);
  const log = pino({ level: "silent" });
  const watches = (["Pod", "Certificate"] as const).map((kind) =>
    startReflector({
      ...{ reading: { kind }, connection, request, log },
      onChange: (_, raw) => {
        const parsed = object.safeParse(raw);
        // The ACME solver's pods are cert-manager's.
        if (!parsed.success || parsed.data.metadata.name.startsWith("cm-acme-")) return;
        const { metadata, status } = parsed.data;
        mark(metadata.namespace, KINDS[kind].made);
        if (status.containerStatuses.some(({ state }) => state.running)) mark(metadata.namespace, "started");
        if (status.conditions.some((each) => each.type === "Ready" && each.status === "True"))
          mark(metadata.namespace, KINDS[kind].ready);
      },
    }),
  );
  await Promise.all(watches.map(({ synced }) => synced));

  const asking = new Set<string>();
  const look = setInterval(() => {
    for (const { fullName, runs, images } of options.github.overview().repositories) {
      const name = fullName.split("/")[1] ?? "";
      if (runs.length > 0) mark(name, "run");
      if (images.length > 0) mark(name, "image");
    }
    for (const [name, { issued, served }] of marks)
      if (issued !== undefined && served === undefined && !asking.has(name)) {
        asking.add(name);
        void serves(name, options).then((is) => {
          asking.delete(name);
          if (is) mark(name, "served");
        });
      }
  }, 10);

  return {
    of,
    stop: () => {
      clearInterval(look);
      for (const each of watches) each.stop();
    },
  };
}

/** Is the certificate that Traefik shows for this name one that it was issued? */
function serves(name: string, { node, domain, ca }: { node: string; domain: string; ca: Buffer }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: node, port: 443, servername: `${name}.${domain}`, ca }, () => end(true));
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.on("error", () => end(false));
    socket.setTimeout(1_000, () => end(false));
  });
}
