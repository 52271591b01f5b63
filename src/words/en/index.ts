import type { Words } from "../words.ts";
import { doctor } from "./doctor.ts";
import { findings } from "./findings/index.ts";
import { names } from "./names.ts";
import { preflight } from "./preflight.ts";
import { reach } from "./reach.ts";
import { reasons } from "./reasons.ts";
import { remedies } from "./remedies.ts";
import { slack } from "./slack/index.ts";
import { unread } from "./unread.ts";

export const en: Words = {
  language: "en",
  reasons,
  unread,
  reach,
  findings,
  preflight,
  names,
  remedies,
  slack,
  doctor,
};
