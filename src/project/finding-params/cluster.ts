import { z } from "zod";

/** The call of the API server that went wrong. */
const call = { method: z.string().optional(), path: z.string().optional(), code: z.number().optional() };
const refused = z.object(call);

export const cluster = {
  /** `answer`: something came back that is no whole answer. */
  "cluster-unreachable": z.object({
    ...call,
    server: z.string().optional(),
    answer: z.enum(["unclear", ""]).optional(),
  }),
  "cluster-credentials-refused": refused,
  "cluster-unwell": refused,
  "rbac-missing": refused,
  "object-invalid": refused,
  "object-conflict": refused,
  "object-missing": refused,
  "object-exists": refused,
  "watch-expired": refused,
};
