import * as z from "zod";
import { isObject } from "../../store/is-object.ts";
import { refuse } from "../../store/refuse.ts";
import { decide } from "../authorize.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { readBody } from "../read-body.ts";
import type { Attributes } from "../rules.ts";
import { rulesFor } from "../rules-for.ts";
import type { User } from "../user.ts";

const text = z.string().default("");
const accessSpec = z.object({
  user: text,
  groups: z.array(z.string()).default([]),
  resourceAttributes: z
    .object({ verb: text, group: text, resource: text, subresource: text, namespace: text, name: text })
    .optional(),
  nonResourceAttributes: z.object({ verb: text, path: text }).optional(),
});

type Review = (call: ResourceCall, spec: unknown) => unknown;

/** Kinds that are asked and never kept: their answer is the object with a status. */
export const REVIEWS: Readonly<Record<string, Review>> = {
  SelfSubjectAccessReview: (call, spec) => decideOn(call, call.user, spec),
  SubjectAccessReview: (call, spec) => decideOn(call, otherUser(spec), spec),
  LocalSubjectAccessReview: (call, spec) => decideOn(call, otherUser(spec), spec),
  SelfSubjectRulesReview: (call, spec) => {
    const namespace = isObject(spec) && typeof spec.namespace === "string" ? spec.namespace : "";
    const everything = { verbs: ["*"], apiGroups: ["*"], resources: ["*"], nonResourceURLs: [], resourceNames: [] };
    const { rules } = call.user.groups.includes("system:masters")
      ? { rules: [everything, { ...everything, apiGroups: [], resources: [], nonResourceURLs: ["*"] }] }
      : rulesFor(call.server.store, call.user, namespace);
    return {
      resourceRules: rules
        .filter((rule) => rule.resources.length > 0)
        .map(({ verbs, apiGroups, resources, resourceNames }) => ({
          verbs,
          apiGroups,
          resources,
          ...(resourceNames.length === 0 ? {} : { resourceNames }),
        })),
      nonResourceRules: rules
        .filter((rule) => rule.nonResourceURLs.length > 0)
        .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
      incomplete: false,
    };
  },
  SelfSubjectReview: ({ user }) => ({ userInfo: userInfo(user) }),
  TokenReview: ({ server }, spec) => {
    const token = isObject(spec) && typeof spec.token === "string" ? spec.token : "";
    const user = server.tokens.read(token);
    return user === undefined
      ? { user: {}, error: "invalid bearer token" }
      : { authenticated: true, user: userInfo(user), audiences: ["https://kubernetes.default.svc.cluster.local"] };
  },
};

export async function review(call: ResourceCall): Promise<Answer> {
  const { kind } = call;
  const body = (await readBody(call.request)) ?? {};
  const answer = REVIEWS[kind.kind];
  if (answer === undefined || !isObject(body)) throw refuse.notServed();
  const status = answer(call, body.spec);
  return {
    status: 201,
    body: {
      ...body,
      kind: kind.kind,
      apiVersion: `${kind.group}/${kind.version}`,
      metadata: {},
      spec: body.spec ?? {},
      status,
    },
  };
}

function decideOn({ server }: ResourceCall, user: User, spec: unknown) {
  const { resourceAttributes, nonResourceAttributes } = accessSpec.parse(spec ?? {});
  const wanted: Attributes | undefined = resourceAttributes ?? nonResourceAttributes;
  if (wanted === undefined) {
    throw refuse.invalid({ group: "authorization.k8s.io", kind: "SelfSubjectAccessReview" }, "", [
      {
        reason: "FieldValueInvalid",
        field: "spec.resourceAttributes",
        message: "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified",
      },
    ]);
  }
  const { allowed, reason } = decide(server.store, user, wanted);
  return { allowed, ...(reason === "" ? {} : { reason }) };
}

function otherUser(spec: unknown): User {
  const { user, groups } = accessSpec.parse(spec ?? {});
  return { name: user, groups };
}

function userInfo(user: User) {
  return { username: user.name, ...(user.uid === undefined ? {} : { uid: user.uid }), groups: user.groups };
}
