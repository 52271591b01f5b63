import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse, parseDocument } from "yaml";
import { z } from "zod";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { Testbed } from "../testbed.ts";
import { fillIn } from "./fill-in.ts";
import { missingLine } from "./missing-line.ts";
import { readGuide, type Section, type Step } from "./read-guide.ts";
import { STAND_INS } from "./stand-ins.ts";
import { startShell } from "./start-shell.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const HERE = fileURLToPath(new URL("./", import.meta.url));
/** The pod that the guide shows. */
const A_POD = "slipway-6c4f7d9b8c-k7x2p";

/** docs/install.md in the hands of somebody who does what it says, in a clone of this repository. */
export async function openGuide(
  at: Testbed,
  sandbox: Sandbox,
  work: string,
  /** What a reader has in place of `example.com`, and sets besides what the example of a configuration has. */
  own: { domain: string; further(): Promise<Record<string, string>> },
) {
  const { github } = sandbox;
  const clone = join(work, "slipway");
  await run("git", ["clone", "--quiet", ROOT, clone]);
  const ghcr = new URL(github.registryUrl).host;
  const sections = readGuide(await readFile(join(clone, "docs/install.md"), "utf8"));
  const unread = new Set(sections.filter(({ steps }) => steps.length > 0).map(({ title }) => title));
  const idle = new Set(Object.keys(STAND_INS));
  const shell = startShell(clone, {
    ...process.env,
    PATH: `${HERE}:${process.env.PATH}`,
    GHCR: ghcr,
    ...(await signIn(work, ghcr, github)),
  });
  // The node keeps an image of a tag that it has pulled: a version of its own for each reader.
  const patch = String(Math.floor(Date.now() / 1000));
  let namespace = "slipway-system";

  const inHand = async (line: string) => {
    const text = line.replaceAll(/\b0\.(\d)\.0\b/g, `0.$1.${patch}`).replaceAll("example.com", own.domain);
    return text.includes(A_POD) ? text.replaceAll(A_POD, await aPod(at, namespace)) : text;
  };
  const change = async (path: string, how: (text: string) => string) => {
    const file = join(clone, path);
    await writeFile(file, how(await readFile(file, "utf8")));
  };
  const fill = (values: Record<string, string | undefined>) => change("../slipway.env", (text) => fillIn(text, values));

  function sectionOf(title: string): Section {
    const section = sections.find((each) => each.title === title);
    if (!section) throw new Error(`the guide has no section ${title}`);
    return section;
  }

  async function take(step: Step) {
    if (step.kind === "yaml") return write(await inHand(step.text));
    idle.delete(step.line);
    const line = await inHand(STAND_INS[step.line]?.does ?? step.line);
    const printed = await shell.run(line.replaceAll("slipway-system", namespace));
    const missing = missingLine(printed, step.output);
    if (missing !== undefined) throw new Error(`$ ${step.line}\n${printed.join("\n")}\nhas no line\n${missing}`);
    // "Fill it in."
    if (step.line === "cp manifests/examples/slipway.env ..")
      await fill({ ...environmentOf(sandbox, at.node), BASE_DOMAIN: own.domain, ...(await own.further()) });
  }

  async function write(text: string) {
    if (/^kind: ClusterIssuer$/m.test(text)) await writeFile(join(clone, "issuer.yaml"), text);
    else await change("manifests/kustomization.yaml", (before) => withKeys(before, text));
  }

  /** Does all that a section says, in order. */
  async function follow(title: string) {
    for (const step of sectionOf(title).steps) await take(step);
    unread.delete(title);
  }

  /** What the guide asks for in a sentence: fails when it no longer does. */
  async function told(sentence: string, does: () => unknown) {
    const said = sections.some(({ text }) => text.replaceAll(/\s+/g, " ").includes(sentence));
    if (!said) throw new Error(`the guide does not say: ${sentence}`);
    await does();
  }

  return {
    clone,
    follow,
    told,
    /** From the image to two pods that are ready. */
    async install() {
      await follow("4. The image");
      // A package starts private, also in the sandbox.
      await told("make the package public", () => github.control.setPackageVisibility("acme", "slipway", "public"));
      await follow("5. The bot");
    },
    /** From now on commands are given for another namespace. */
    moveTo(another: string) {
      namespace = another;
    },
    /** A line that is in no guide. */
    run: shell.run,
    /** Sections that have something to do, and were not followed. */
    unread: () => [...unread],
    /** Lines that something stands in for, and that were not in what was followed. */
    idle: () => [...idle],
    change,
    fill,
    close: shell.close,
  };
}

export type Guide = Awaited<ReturnType<typeof openGuide>>;

/** A kustomization with the top-level keys of another text, as somebody edits it who was shown those. */
function withKeys(kustomization: string, text: string): string {
  const document = parseDocument(kustomization);
  const keys = z.record(z.string(), z.unknown()).parse(parse(text));
  for (const [key, value] of Object.entries(keys)) document.set(key, document.createNode(value));
  return document.toString();
}

/** The example's variables as this sandbox has them, and where it is: pods know this machine by the node's address. */
function environmentOf({ environment, github }: Sandbox, node: string): Record<string, string> {
  const here = (url = "") => url.replace("//127.0.0.1:", `//${node}:`);
  const { SLACK_BOT_TOKEN = "", SLACK_APP_TOKEN = "", GITHUB_APP_ID = "", GITHUB_OWNER = "" } = environment;
  return {
    ...{ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, GITHUB_APP_ID, GITHUB_OWNER },
    GITHUB_APP_PRIVATE_KEY: Buffer.from(github.app.privateKey).toString("base64"),
    SLACK_API_URL: here(environment.SLACK_API_URL),
    GITHUB_API_URL: here(github.apiUrl),
    GITHUB_SERVER_URL: here(github.serverUrl),
    REGISTRY_API_URL: here(github.registryUrl),
  };
}

/** `docker login`: to crane and to the testbed's builder. */
async function signIn(work: string, registry: string, github: Sandbox["github"]) {
  const folder = join(work, "docker");
  const file = join(folder, "config.json");
  await mkdir(folder);
  const auth = Buffer.from(`ada:${github.token}`).toString("base64");
  await writeFile(file, JSON.stringify({ auths: { [registry]: { auth } } }), { mode: 0o600 });
  return { DOCKER_CONFIG: folder, REGISTRY_AUTH_FILE: file };
}

async function aPod(at: Testbed, namespace: string): Promise<string> {
  const name = ["-l", "app.kubernetes.io/name=slipway", "-o", "jsonpath={.items[0].metadata.name}"];
  return at.kubectl("-n", namespace, "get", "pods", ...name);
}
