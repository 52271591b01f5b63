/** What a launch knows, and so what every template can use by name. */
export interface TemplateVariables {
  /** The project's name: an RFC 1123 label, `rrr` or `8888`. */
  name: string;
  owner: string;
  /** `acme/rrr`. */
  repository: string;
  /** Host of the registry: `ghcr.io`. */
  registry: string;
  /** Name of the image without a tag, lower case: `ghcr.io/acme/rrr`. */
  image: string;
  /** The first is the default one. */
  environments: TemplateEnvironment[];
  /** Empty: the cluster's default class. */
  ingressClass: string;
  /** A ClusterIssuer's name; empty: no certificate is asked for, and the Ingress has no `tls`. */
  issuer: string;
  defaultBranch: string;
  /** Where the application listens. */
  port: number;
  /** Of the variables that the template declares itself; one with a default may be left out. */
  values?: Readonly<Record<string, string>>;
}

export interface TemplateEnvironment {
  name: string;
  namespace: string;
  host: string;
  replicas: number;
}
