import { generateKeyPairSync } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createState, type State } from "./state.ts";

export interface Kept {
  state: State;
  /** The App's key, PEM. */
  privateKey: string;
  save(): Promise<void>;
}

/** The state that a folder holds, or a fresh one. Git objects and blobs without a state mean nothing, so they go. */
export async function openState(folder: string): Promise<Kept> {
  const path = join(folder, "state.json");
  const kept = await readKept(path);
  if (!kept)
    await Promise.all(["git", "registry"].map((name) => rm(join(folder, name), { recursive: true, force: true })));
  await mkdir(join(folder, "git"), { recursive: true });
  const state = kept?.state ?? createState();
  const privateKey = kept?.privateKey ?? createKey();
  endInterrupted(state);
  let saving = Promise.resolve();
  return {
    state,
    privateKey,
    async save() {
      // One after the other, so that a later state never yields to an earlier one.
      saving = saving.then(async () => {
        await writeFile(`${path}.new`, JSON.stringify({ state, privateKey }));
        await rename(`${path}.new`, path);
      });
      await saving;
    },
  };
}

async function readKept(path: string): Promise<{ state: State; privateKey: string } | null> {
  try {
    // Written by `save` below and by nobody else.
    return JSON.parse(await readFile(path, "utf8")) as { state: State; privateKey: string };
  } catch {
    return null;
  }
}

function createKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** What ran when the sandbox ended will not end by itself. */
function endInterrupted(state: State): void {
  for (const one of [...state.runs, ...state.jobs]) {
    if (one.status !== "completed") Object.assign(one, { status: "completed", conclusion: "cancelled" });
  }
}
