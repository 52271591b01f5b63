const INSTRUCTIONS = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];

/** A trailer in the last paragraph. */
const TRAILER = /\n\n(?:[^\n]+\n)*skip-checks: ?true\s*$/;

/**
 * Whether a commit's message keeps its push from starting workflows; what it leaves unbuilt, the next push may build.
 * https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs
 */
export function skipsWorkflows(message: string): boolean {
  return INSTRUCTIONS.some((instruction) => message.includes(instruction)) || TRAILER.test(message);
}
