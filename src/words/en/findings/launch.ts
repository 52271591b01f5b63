import type { FindingWords } from "../../words.ts";

const NOTHING_MADE = () => "Nothing was made.";

/** What stops a launch before it has begun. */
export const launch: Record<string, FindingWords> = {
  "name-illegal": {
    title: () => "That name cannot be used",
    cause: (p) =>
      `${p.name} cannot be a project's name. It becomes part of a DNS name: lower-case letters, digits and hyphens, 40 characters at most.`,
    impact: NOTHING_MADE,
    fix: () => "Take another name.",
  },
  "project-exists": {
    title: () => "There is a project of that name",
    cause: (p) => `${p.name} is a project already.`,
    impact: NOTHING_MADE,
    fix: (p) => `Look at it with /project status ${p.name}, or take another name.`,
  },
  "template-unknown": {
    title: () => "No such template",
    cause: (p) => `There is no template called ${p.template}.`,
    impact: NOTHING_MADE,
    fix: () => "The form of /project create, without a name, lists the templates.",
  },
  "template-invalid": {
    title: () => "The template is faulty",
    cause: (p) => `${p.place}: ${p.reason}.`,
    impact: NOTHING_MADE,
    fix: (p) => `In the template, ${p.fix}.`,
  },
  "template-unrendered": {
    title: () => "The template is faulty",
    cause: (p) => `${p.place}: ${p.reason}.`,
    impact: () => "Nothing of it was pushed.",
    fix: (p) => `In the template, ${p.fix}; then retry.`,
  },
  "domain-missing": {
    title: () => "No domain to put it under",
    cause: () => "No base domain is configured, and none was given.",
    impact: NOTHING_MADE,
    fix: () => "Say domain=example.com, or have an operator set BASE_DOMAIN.",
  },
  "domain-illegal": {
    title: () => "That is not a domain name",
    cause: (p) => `${p.domain} cannot be used as a domain.`,
    impact: NOTHING_MADE,
    fix: () => "Say it as in domain=example.com.",
  },
  "environment-illegal": {
    title: () => "That environment name cannot be used",
    cause: (p) =>
      `${p.environment} cannot be an environment's name: use lower-case letters, digits and hyphens, beginning with a letter.`,
    impact: NOTHING_MADE,
    fix: () => "Say it as in env=production,staging.",
  },
  "owner-unknown": {
    title: () => "No such owner on GitHub",
    cause: (p) => `GitHub knows no organisation or person called ${p.owner}, or the credentials do not reach it.`,
    impact: NOTHING_MADE,
    fix: (p) => `Check the name, or install the GitHub App in ${p.owner}.`,
  },
  "namespace-taken": {
    title: () => "The namespace is taken",
    cause: (p) => `The cluster has a namespace ${p.namespace} that this launch did not make.`,
    impact: () => "It was not touched, and nothing was made in it.",
    fix: () => "Take another name, or remove that namespace first if nothing is in it.",
  },
  "ingress-host-conflict": {
    title: () => "The host is taken",
    cause: (p) => `${p.host} is routed already by the Ingress ${p.ingress} in the namespace ${p.namespace}.`,
    impact: NOTHING_MADE,
    fix: () => "Take another name or domain.",
  },
  "ingress-class-missing": {
    title: () => "No such ingress class",
    cause: (p) => `The cluster has no IngressClass ${p.class}; it has: ${p.present || "none"}.`,
    impact: NOTHING_MADE,
    fix: () => "An operator installs an ingress controller, or sets INGRESS_CLASS to one that is there.",
  },
  "cert-issuer-missing": {
    title: () => "No such issuer",
    cause: (p) => `The cluster has no ClusterIssuer ${p.issuer}.`,
    impact: NOTHING_MADE,
    fix: () => "An operator makes it, or sets CLUSTER_ISSUER to one that is there.",
  },
  "flux-missing": {
    title: () => "Flux is not installed",
    cause: () => "The cluster does not serve Flux's GitRepository and Kustomization.",
    impact: NOTHING_MADE,
    fix: () => "An operator installs Flux: flux install --components=source-controller,kustomize-controller.",
  },
  "tenant-role-missing": {
    title: () => "Slipway's role for projects is missing",
    cause: () => "The cluster has no ClusterRole slipway-project, which every project's manifests are applied with.",
    impact: NOTHING_MADE,
    fix: () => "An operator runs kubectl apply --server-side -k manifests/base once more.",
  },
};
