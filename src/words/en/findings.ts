import type { FindingWords } from "../words.ts";

export const findings: Record<string, FindingWords> = {};
