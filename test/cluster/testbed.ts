import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The real cluster to test on: its kubeconfig, and what drives the world around it. `undefined`: there is none. */
export function testbed(): Testbed | undefined {
  const { KUBECONFIG: kubeconfig, TESTBED: program, TESTBED_NODE: node, TESTBED_REGISTRY: registry } = process.env;
  if (!kubeconfig || !program || !node || !registry) return undefined;
  const call = async (command: string, ...args: string[]) => {
    const { stdout } = await run(command, args, { maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  };
  return {
    kubeconfig,
    program,
    node,
    registry,
    kubectl: (...args) => call("kubectl", ...args),
    testbed: (...args) => call(program, ...args),
    outside: (...args) => call(program, "outside", ...args),
    crane: (...args) => call("crane", "--insecure", ...args),
  };
}

export interface Testbed {
  kubeconfig: string;
  /** Path of the program that drives it. */
  program: string;
  /** The node's address, under which pods and the outside know this machine. */
  node: string;
  /** Of the testbed's own images. */
  registry: string;
  kubectl(...args: string[]): Promise<string>;
  testbed(...args: string[]): Promise<string>;
  /** Runs on the far side of the firewall. */
  outside(...args: string[]): Promise<string>;
  crane(...args: string[]): Promise<string>;
}

export const WITHOUT = "set KUBECONFIG, TESTBED and what `testbed env` prints to run this on a real cluster";
