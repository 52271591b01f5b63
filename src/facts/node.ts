import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Identity, identityOf } from "./identity.ts";

export interface Node extends Identity {
  /** `tencent`, `alibaba`, `aws`, `google`, `azure`, `hetzner`; empty where nothing tells. */
  cloud: string;
}

/** What `spec.providerID` of a node begins with, by cloud. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/ */
const CLOUDS: Record<string, string> = {
  qcloud: "tencent",
  alicloud: "alibaba",
  aws: "aws",
  gce: "google",
  azure: "azure",
  hcloud: "hetzner",
};

const shape = z.object({ spec: z.object({ providerID: z.string().default("") }).prefault({}) });

/** `qcloud:///800002/ins-1` is of Tencent's; k3s's own provider tells nothing. */
export function nodeOf(object: KubeObject): Node {
  const [scheme = ""] = shape.parse(object).spec.providerID.split("://");
  return { ...identityOf(object), cloud: CLOUDS[scheme] ?? "" };
}
