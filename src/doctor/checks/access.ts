import type { Check, Found } from "../check.ts";

/** Is ACCESS_FILE, as it is now, what decides who may do what? */
export const access: Check = {
  name: "access",
  async run({ access: look }): Promise<Found> {
    const { file, rules, problem } = await look();
    if (file === undefined) return { state: "ok", reason: "AccessOpen" };
    if (problem !== undefined)
      return { state: "failed", reason: "access-file-wrong", params: { file }, evidence: problem };
    return { state: "ok", reason: "AccessRead", params: { file, count: rules } };
  },
};
