import { z } from "zod";

const text = z.string();
/** `yes`, or empty. */
const yes = z.string().default("");

/** Of every rule that looks at what the URL answers. */
export const site = {
  host: text,
  port: z.number().default(443),
  environment: text.default(""),
  /** `inside`, or the name of who looks from outside. */
  vantage: text.default("inside"),
};
/** The DNS record that would lead to the cluster, as far as that is known. */
const dns = { type: text.default(""), address: text.default("") };
const namespace = text.default("");

/** By `Why`, and two that are causes of several. */
export const network = {
  "port-blocked": z.object({ ...site, address: text, cloud: text.default("") }),
  "port-refused": z.object({ ...site, address: text }),
  "dns-missing": z.object({ ...site, ...dns }),
  "dns-elsewhere": z.object({ ...site, ...dns, found: text }),
  "tls-wrong-cert": z.object({ ...site, own: yes, subject: text.default(""), namespace }),
  "tls-expired": z.object({ ...site, early: yes, until: text.default(""), issuer: text.default(""), namespace }),
  "tls-untrusted": z.object({ ...site, own: yes, issuer: text.default("") }),
  "http-404-no-route": z.object({ ...site, namespace, behind: z.enum(["nobody", "no-service", ""]).catch("") }),
  "http-502-503-504": z.object({ ...site, status: z.number(), namespace }),
  /** `named`: the Service gives its port by name. */
  "service-port-undeclared": z.object({
    ...site,
    status: z.number(),
    namespace,
    service: text,
    target: z.union([text, z.number()]),
    named: yes,
    ports: text,
  }),
  "http-no-answer": z.object({ ...site, namespace }),
  "redirect-loop": z.object({ ...site, hops: text }),
  "cdn-in-front": z.object({ ...site, status: z.number(), server: text.default("") }),
  "icp-block": z.object({ ...site, cloud: text.default("") }),
  "not-reachable-unexplained": z.object({ ...site, outcome: text, address: text }),
  "ingress-missing": z.object({ host: text, hosts: text, environment: text }),
  "cert-challenge-waits": z.object({ host: text, issuer: text }),
  "cert-challenge-failed": z.object({ host: text, issuer: text }),
  "cert-host-missing": z.object({
    host: text,
    ingress: text,
    secret: text,
    names: text,
    why: z.enum(["shared", "twice", ""]).catch(""),
  }),
};
