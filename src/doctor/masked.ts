import { maskSecrets } from "../project/mask-secrets.ts";
import type { DoctorLine } from "../project/ports/doctor.ts";

/** What strangers said may hold a secret. */
export function masked(line: DoctorLine): DoctorLine {
  const { params, evidence } = line;
  return {
    ...line,
    ...(params && {
      params: Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, typeof value === "string" ? maskSecrets(value) : value]),
      ),
    }),
    ...(evidence !== undefined && { evidence: maskSecrets(evidence).slice(0, 300) }),
  };
}
