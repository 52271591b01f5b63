import type { Sentence } from "../words.ts";

export const preflight: Record<string, Sentence> = {};
