/** What configuration decides for every launch; made by src/config.ts, read by steps and commands. */
export interface Settings {
  /** Default owner of new repositories. */
  owner: string;
  /** `rrr.<baseDomain>`; undefined: a host must be given. */
  baseDomain: string | undefined;
  /** Of images' names: `ghcr.io`. */
  registryHost: string;
  /** Where Slack and GitHub reach the bot; undefined: no webhook, the bot polls. */
  publicUrl: string | undefined;
  webhookSecret: string | undefined;
  /** Undefined: found in the cluster. */
  clusterIssuer: string | undefined;
  ingressClass: string | undefined;
  /** Where `Project`s live. */
  namespace: string;
  defaultTemplate: string;
  /** Scheme and port that people reach routes at, when they are not the usual ones: `http://` and `:8080`. */
  routeScheme: "http" | "https" | undefined;
  routePort: number | undefined;
}
