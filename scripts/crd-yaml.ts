import { stringify } from "yaml";
import { z } from "zod";
import { RESERVED } from "../src/project/naming.ts";
import { projectSpec, WISHES_AT_MOST } from "../src/project/spec.ts";
import { projectStatus } from "../src/project/status.ts";

/** The CustomResourceDefinition of Project, its schema made of the zod one that the bot reads with. */
export function crdYaml(): string {
  const spec = structural(z.toJSONSchema(projectSpec, { io: "input", unrepresentable: "any" }));
  const status = structural(withoutDefaults(z.toJSONSchema(projectStatus, { io: "input", unrepresentable: "any" })));
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "projects.slipway.dev", labels: { "app.kubernetes.io/part-of": "slipway" } },
    spec: {
      group: "slipway.dev",
      names: {
        kind: "Project",
        listKind: "ProjectList",
        plural: "projects",
        singular: "project",
        shortNames: ["proj"],
        categories: ["slipway"],
      },
      scope: "Namespaced",
      versions: [
        {
          name: "v1alpha1",
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            column("Phase", ".status.phase"),
            column("Ready", `.status.conditions[?(@.type=="Ready")].status`),
            column("Template", ".spec.template"),
            // What runs, which is not always what was released last.
            column("Tag", ".status.environments[0].now.tag"),
            column("URL", ".status.url"),
            { ...column("Age", ".metadata.creationTimestamp"), type: "date" },
            { ...column("Repository", ".status.repository.url"), priority: 1 },
            { ...column("Problem", `.status.conditions[?(@.type=="Stalled")].reason`), priority: 1 },
          ],
          schema: {
            openAPIV3Schema: {
              type: "object",
              description:
                "A project that Slipway launches and keeps: its repository, image, cluster resources and URL.",
              required: ["spec"],
              properties: {
                apiVersion: { type: "string" },
                kind: { type: "string" },
                metadata: { type: "object" },
                spec: withRules(spec),
                status: {
                  description: "What Slipway saw, did and told. Written by it alone.",
                  ...status,
                  "x-kubernetes-validations": STATUS_RULES,
                },
              },
              "x-kubernetes-validations": [
                {
                  rule: "size(self.metadata.name) <= 40 && self.metadata.name.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$')",
                  message:
                    "a project's name is at most 40 lower-case letters, digits and hyphens, since it becomes a DNS name",
                },
              ],
            },
          },
        },
      ],
    },
  };
  return `# Made of src/project/project.ts by npm run make:crd.\n${stringify(crd, { lineWidth: 120 })}`;
}

/**
 * `namespace` is a reserved word of CEL, so the field is `__namespace__`.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
const SPEC_RULES = [
  { rule: "self.owner == oldSelf.owner", message: "the owner of a project's repository cannot be changed" },
  { rule: "self.repository == oldSelf.repository", message: "a project's repository cannot be changed" },
  { rule: "self.template == oldSelf.template", message: "the template has been used: it cannot be changed" },
  {
    rule: "self.slack.channel == oldSelf.slack.channel",
    message: "a project's thread stays in the channel that it began in: Slack moves no messages",
  },
  ...["name", "__namespace__", "host"].map((field) => ({
    rule: `self.environments.all(e, self.environments.exists_one(o, o.${field} == e.${field}))`,
    message: `two environments have the same ${field.replaceAll("_", "")}: each needs one of its own`,
  })),
  {
    rule: "self.environments.all(e, oldSelf.environments.all(o, o.name != e.name || o.__namespace__ == e.__namespace__))",
    message: "an environment cannot be moved to another namespace: what runs in the old one would be left behind",
  },
];

/** What an older version does not know it leaves out when it writes all of status; until then its write is refused. */
const STATUS_RULES = [
  {
    rule: "!has(oldSelf.version) || (has(self.version) && self.version >= oldSelf.version)",
    message: "a newer version of Slipway has written this status, and an older one would lose what it does not know",
  },
];

/** `^(?:label)$`: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
const ENVIRONMENT_RULES = [
  {
    rule: `self.name.matches('^${LABEL}$')`,
    message: "an environment's name is of lower-case letters, digits and hyphens",
  },
  {
    rule: `self.__namespace__.matches('^${LABEL}$')`,
    message: "a namespace is of lower-case letters, digits and hyphens",
  },
  {
    rule: `!self.__namespace__.startsWith('kube-') && !(self.__namespace__ in [${RESERVED.map((name) => `'${name}'`).join(", ")}])`,
    message: `a project cannot live in a namespace of the cluster's own: kube-…, ${RESERVED.join(", ")}`,
  },
  {
    // Labels of at most 63 characters; the last one begins with a letter, so that no address passes.
    rule: `self.host.matches('^(${LABEL}[.])+[a-z]([a-z0-9-]*[a-z0-9])?$') && self.host.split('.').all(label, size(label) <= 63)`,
    message: "a host is a DNS name in lower case, such as rrr.example.com: no scheme, port, path or address",
  },
];

/** The schema of spec with the rules that compare fields. */
function withRules(spec: Record<string, unknown>): Record<string, unknown> {
  const properties = record(spec.properties);
  const environments = record(properties.environments);
  const items = { ...record(environments.items), "x-kubernetes-validations": ENVIRONMENT_RULES };
  const wishes = { ...record(properties.wishes), maxProperties: WISHES_AT_MOST };
  return {
    description: "What is wanted.",
    ...spec,
    properties: { ...properties, environments: { ...environments, items }, wishes },
    "x-kubernetes-validations": SPEC_RULES,
  };
}

function column(name: string, jsonPath: string) {
  return { name, type: "string", jsonPath };
}

/** JSON Schema as zod gives it, cut to what a structural schema may hold. https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema */
function structural(schema: unknown): Record<string, unknown> {
  const {
    $schema: _,
    additionalProperties,
    propertyNames: __,
    pattern,
    anyOf,
    format,
    minimum,
    maximum,
    ...rest
  } = record(schema);
  if (Array.isArray(anyOf)) return union(anyOf, rest);
  if (Array.isArray(rest.type))
    return union(
      rest.type.map((type) => ({ type })),
      withoutType(rest),
    );
  // Fields beside those that are declared are kept by the bot (openObject), and pruned here: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
  const map = typeof additionalProperties === "object" && rest.properties === undefined;
  const open = map ? { additionalProperties: structural(additionalProperties) } : {};
  // zod writes an instant's whole grammar and an integer's safe range; the format and type say the same.
  const kept = {
    ...(format === "date-time" ? { format } : {}),
    ...(typeof pattern === "string" && format !== "date-time" ? { pattern } : {}),
    ...(typeof minimum === "number" && minimum > Number.MIN_SAFE_INTEGER ? { minimum } : {}),
    ...(typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER ? { maximum } : {}),
  };
  return {
    ...rest,
    ...kept,
    ...open,
    ...(rest.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(record(rest.properties)).map(([name, each]) => [name, structural(each)]),
          ),
        }),
    ...(rest.items === undefined ? {} : { items: structural(rest.items) }),
  };
}

function union(options: unknown[], rest: Record<string, unknown>): Record<string, unknown> {
  const some = options.map(record).filter(({ type }) => type !== "null");
  if (some.length === 1) return { ...structural(some[0]), ...rest, nullable: true };
  // A sentence's facts: a string or a number.
  return { ...rest, "x-kubernetes-preserve-unknown-fields": true };
}

function withoutType({ type: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}

function withoutDefaults(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDefaults);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => (key === "default" ? [] : [[key, withoutDefaults(value)]])),
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // JSON Schema nodes are objects
}
