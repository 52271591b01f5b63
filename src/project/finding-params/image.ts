import { z } from "zod";
import { container } from "./container.ts";

const text = z.string();

/** Of a node's pull for a container, or of Slipway's own look at the registry, which is for none. */
const pull = z.object({
  ...container,
  container: text.optional(),
  image: text.optional(),
  restarts: z.number().optional(),
  reference: text.optional(),
  host: text.optional(),
});

export const image = {
  "image-never-pushed": z.object({
    ...pull.shape,
    image: text,
    tag: text.optional(),
    number: z.number().optional(),
    url: text.optional(),
    /** Of a run that neither succeeded nor failed. */
    conclusion: text.optional(),
  }),
  /** Of the commit that an environment is pinned to, and of its last run, if there was one. */
  "pin-image-missing": z.object({
    ...{ image: text, tag: text, sha: text, environment: text, project: text },
    ...{ number: z.number().optional(), url: text.optional(), conclusion: text.optional() },
  }),
  "image-missing": z.object(container),
  "image-unauthorized": pull,
  "image-registry-unreachable": pull,
  "image-registry-tls": pull,
  "image-platform": pull,
  "image-elsewhere": z.object({ image: text, used: text, environment: text }),
};
