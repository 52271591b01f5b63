import { z } from "zod";
import { ASKED } from "./asked.ts";
import type { Params } from "./params.ts";

const text = z.string();
const nothing = z.object({});

/** Why nothing could be learned, where nobody said it in words of their own, with the facts that the sentence is made of. */
export const unreadParams = {
  /** In the words of whoever was asked. */
  Said: z.object({ detail: text }),
  /** `of`: what may take so long, one look or all those of a pass. `whom`: who was asked. */
  Late: z.object({
    seconds: z.number(),
    of: z.enum(["look", "pass"]),
    whom: z.enum(ASKED).optional().catch(undefined),
  }),
  /** What came is no object of its kind. */
  Malformed: z.object({ kind: text, name: text }),
  RegistryUnasked: nothing,
  GitHubUnasked: nothing,
  LineageUnseen: nothing,
  RunOver: nothing,
  FluxTrying: nothing,
  StepUnreached: nothing,
  CertificateIssuing: nothing,
  /** Of a URL that nobody was asked to look at, for there is no route to it. */
  RouteMissing: nothing,
  LookPending: nothing,
  LookAlone: nothing,
  LookEmpty: nothing,
  /** `at`: when somebody looked last, as a clock in UTC has it: 09:50. */
  LookOld: z.object({ at: text }),
  ResolverSilent: z.object({ host: text }),
  /** `to`: an address or a name. */
  NetworkMissing: z.object({ to: text }),
};

export type UnreadCode = keyof typeof unreadParams;
export type UnreadParams = { [Code in UnreadCode]: z.output<(typeof unreadParams)[Code]> };

/** `from`: the vantage that it is said of. */
type Coded = {
  [Code in UnreadCode]: { because: Code; from?: string } & (string extends keyof UnreadParams[Code]
    ? unknown
    : UnreadParams[Code]);
}[UnreadCode];

/** Why nothing could be learned: what whoever was asked said, as it was said, or a code of ours. */
export type Unread = string | Coded;

/** As a reason's params have it, and a status keeps it. */
export function paramsOfUnread(why: Unread): Params & { because: string } {
  return typeof why === "string" ? { because: "Said", detail: why } : { ...why };
}
