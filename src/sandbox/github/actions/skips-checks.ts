const INSTRUCTIONS = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];

/**
 * Whether a commit's message asks for no workflows on push and pull_request.
 * https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs
 */
export function skipsChecks(message: string): boolean {
  if (INSTRUCTIONS.some((instruction) => message.includes(instruction))) return true;
  // A trailer: the last line of the last paragraph.
  return /\n\n(?:[^\n]+\n)*skip-checks: ?true$/.test(message.trimEnd());
}
