import type { launch as codes } from "../../../project/finding-params/launch.ts";
import type { FindingsWords } from "../../words.ts";

const NOTHING_MADE = () => "Nothing was created.";

/** What stops a launch before it has begun. */
export const launch: FindingsWords<keyof typeof codes> = {
  "name-illegal": {
    title: () => "That name cannot be used",
    cause: (p) =>
      `${p.name} is not a valid project name. The name becomes part of a DNS name: use lower-case letters, digits and hyphens, 40 characters at most.`,
    impact: NOTHING_MADE,
    fix: () => "Choose another name.",
  },
  "project-exists": {
    title: () => "A project with that name exists",
    cause: (p) => `The project ${p.name} already exists.`,
    impact: NOTHING_MADE,
    fix: (p) => `Look at it with /project status ${p.name}, or choose another name.`,
  },
  "template-unknown": {
    title: () => "Unknown template",
    cause: (p) => `There is no template called ${p.template}.`,
    impact: NOTHING_MADE,
    fix: () => "Type /project create without a name: the form lists the templates.",
  },
  "template-invalid": {
    title: () => "The template has an error",
    cause: (p) => `${p.place}: ${p.reason}.`,
    impact: NOTHING_MADE,
    fix: (p) => `In the template, ${p.fix}.`,
  },
  "template-unrendered": {
    title: () => "The template has an error",
    cause: (p) => `${p.place}: ${p.reason}.`,
    impact: () => "Nothing was pushed.",
    fix: (p) => `In the template, ${p.fix}. Then press Retry.`,
  },
  "domain-missing": {
    title: () => "No domain is configured",
    cause: () => "Slipway has no base domain, and you gave none.",
    impact: NOTHING_MADE,
    fix: () => "Add domain=example.com to the command, or ask an operator to set BASE_DOMAIN.",
  },
  "domain-illegal": {
    title: () => "That domain cannot be used",
    cause: (p) => `${p.domain} is not a valid domain name.`,
    impact: NOTHING_MADE,
    fix: () => "Write it like this: domain=example.com.",
  },
  "environment-illegal": {
    title: () => "That environment name cannot be used",
    cause: (p) =>
      `${p.environment} is not a valid environment name. Use lower-case letters, digits and hyphens, starting with a letter.`,
    impact: NOTHING_MADE,
    fix: () => "Write it like this: env=production,staging.",
  },
  "owner-unknown": {
    title: () => "Unknown owner on GitHub",
    cause: (p) => `GitHub knows no organisation or person called ${p.owner}, or Slipway has no access to it.`,
    impact: NOTHING_MADE,
    fix: (p) => `Check the name, or install the GitHub App in ${p.owner}.`,
  },
  "namespace-taken": {
    title: () => "The namespace is taken",
    cause: (p) => `The cluster has a namespace ${p.namespace} that this launch did not make.`,
    impact: () => "Slipway did not change it.",
    fix: () => "Choose another name. Or, if the namespace is not needed, ask an operator to delete it.",
  },
  "ingress-host-conflict": {
    title: () => "The host is taken",
    cause: (p) => `The Ingress ${p.ingress} in the namespace ${p.namespace} already uses ${p.host}.`,
    impact: NOTHING_MADE,
    fix: () => "Choose another name or domain.",
  },
  "ingress-class-missing": {
    title: () => "Unknown ingress class",
    cause: (p) => `The cluster has no IngressClass ${p.class}; it has: ${p.present || "none"}.`,
    impact: NOTHING_MADE,
    fix: () => "An operator installs an ingress controller, or sets INGRESS_CLASS to an existing class.",
  },
  "cert-issuer-missing": {
    title: () => "Unknown certificate issuer",
    cause: (p) => `The cluster has no ClusterIssuer ${p.issuer}.`,
    impact: NOTHING_MADE,
    fix: () => "An operator creates it, or sets CLUSTER_ISSUER to an existing issuer.",
  },
  "flux-missing": {
    title: () => "Flux is not installed",
    cause: () => "The cluster does not have Flux's GitRepository and Kustomization resources.",
    impact: NOTHING_MADE,
    fix: () => "An operator runs flux install --components=source-controller,kustomize-controller.",
  },
  "tenant-role-missing": {
    title: () => "Slipway's role for projects is missing",
    cause: () => "The cluster has no ClusterRole slipway-project. Flux applies every project's manifests with it.",
    impact: NOTHING_MADE,
    fix: () => "An operator runs kubectl apply --server-side -k manifests/base.",
  },
};
