import { randomUUID } from "node:crypto";
import type { World } from "../../shared/world.ts";
import type { KubeObject } from "../store.ts";
import type { Admission } from "./admission/admission.ts";
import { admit } from "./admit.ts";
import { apiVersionOf } from "./create-kinds.ts";
import type { Storage } from "./create-storage.ts";
import { decode, type FieldValidation } from "./decode.ts";
import { defaultFields } from "./default-fields.ts";
import type { DeleteOptions } from "./delete-options.ts";
import { generateName } from "./generate-name.ts";
import { generation } from "./generation.ts";
import { isReleased } from "./is-released.ts";
import { isSame } from "./is-same.ts";
import type { Kind } from "./kind.ts";
import { applyFields } from "./managed-fields/apply-fields.ts";
import type { Manager } from "./managed-fields/manager.ts";
import { trackUpdate } from "./managed-fields/track-update.ts";
import { markDeleted } from "./mark-deleted.ts";
import { mayBeUpdated } from "./may-be-updated.ts";
import { refuse } from "./refuse.ts";
import { validate } from "./validate.ts";

/** How a write was asked for, beyond the object itself. */
export interface WriteOptions {
  manager: string;
  subresource?: "" | "status" | "scale" | "finalize";
  dryRun?: boolean;
  force?: boolean;
  fieldValidation?: FieldValidation;
  /** Told as `Warning` headers. */
  warn?: (message: string) => void;
}

/** The writes, as the API server does them between decoding a request and answering it. */
export interface Verbs {
  create(kind: Kind, input: unknown, namespace: string | undefined, options: WriteOptions): KubeObject;
  update(kind: Kind, input: KubeObject, options: WriteOptions): KubeObject;
  /** `change` computes the new object from the present one. */
  patch(
    kind: Kind,
    namespace: string | undefined,
    name: string,
    change: (current: KubeObject) => unknown,
    options: WriteOptions,
  ): KubeObject;
  apply(kind: Kind, input: KubeObject, options: WriteOptions): { object: KubeObject; created: boolean };
  remove(kind: Kind, namespace: string | undefined, name: string, options: DeleteOptions): KubeObject;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle */
const PROTECTED = new Set(["default", "kube-system", "kube-public"]);

export function createVerbs({ storage, world }: { storage: Storage; world: World }): Verbs {
  const random = world.random.fork("cluster/names");
  const admission = ({ warn = () => {} }: WriteOptions): Admission => ({ storage, random, warn });
  const now = () => `${world.clock.now().toISOString().slice(0, 19)}Z`;
  const read = (kind: Kind, namespace: string | undefined, name: string) => {
    const found = storage.read(kind, namespace, name);
    if (found === undefined) throw refuse.notFound(kind, name);
    return found;
  };
  const managerOf = (kind: Kind, options: WriteOptions, operation: Manager["operation"]): Manager => ({
    manager: options.manager,
    operation,
    apiVersion: apiVersionOf(kind),
    subresource: options.subresource ?? "",
    time: now(),
  });

  const insert = (kind: Kind, object: KubeObject, options: WriteOptions, by?: Manager) => {
    const { deletionTimestamp: _, resourceVersion: __, ...metadata } = object.metadata;
    const asked: KubeObject = {
      ...object,
      metadata: { ...metadata, uid: randomUUID(), creationTimestamp: now(), ...generation.first(kind) },
    };
    if (kind.custom && kind.status) delete asked.status;
    // Once more: a status that was not for the asking may have a default of its own (Flux's observedGeneration: -1).
    const fresh = kind.custom ? defaultFields(kind, asked) : asked;
    // What admission fills in belongs to nobody, so ownership is settled before.
    const owned = by === undefined ? fresh : trackUpdate(kind, undefined, fresh, by);
    const ready = admit(kind, owned, undefined, admission(options));
    validate(kind, ready, undefined);
    if (storage.read(kind, ready.metadata.namespace, ready.metadata.name) !== undefined) {
      throw refuse.alreadyExists(kind, ready.metadata.name);
    }
    return ready;
  };

  /** What is common to all changes of an object that is there. */
  const replace = (kind: Kind, current: KubeObject, wanted: KubeObject, options: WriteOptions, by?: Manager) => {
    const next = mayBeUpdated(kind, current, wanted, options.subresource ?? "");
    const owned = by === undefined ? next : trackUpdate(kind, current, next, by);
    const ready = admit(kind, owned, current, admission(options));
    validate(kind, ready, current);
    return generation.after(kind, current, ready);
  };

  const keep = (kind: Kind, current: KubeObject, next: KubeObject, options: WriteOptions) => {
    const done = next.metadata.deletionTimestamp !== undefined && isReleased(kind, next);
    if (!done && isSame(current, next)) return current;
    if (options.dryRun) return next;
    return done ? storage.remove(kind, next) : storage.write(kind, next);
  };

  const verbs: Verbs = {
    create: (kind, input, namespace, options) => {
      const object = generateName(decode(kind, input, { ...options, as: "object" }), random);
      if (kind.namespaced) object.metadata.namespace ??= namespace ?? "default";
      else delete object.metadata.namespace;
      const ready = insert(kind, object, options, managerOf(kind, options, "Update"));
      return options.dryRun ? ready : storage.write(kind, ready);
    },

    update: (kind, input, options) => {
      const object = decode(kind, input, { ...options, as: "object" });
      const current = read(kind, object.metadata.namespace, object.metadata.name);
      return keep(kind, current, replace(kind, current, object, options, managerOf(kind, options, "Update")), options);
    },

    patch: (kind, namespace, name, change, options) => {
      const current = read(kind, namespace, name);
      const object = decode(kind, change(structuredClone(current)), { ...options, as: "patched" });
      return keep(kind, current, replace(kind, current, object, options, managerOf(kind, options, "Update")), options);
    },

    apply: (kind, input, options) => {
      const object = decode(kind, input, { ...options, as: "applied" });
      if (kind.namespaced) object.metadata.namespace ??= "default";
      const { namespace, name } = object.metadata;
      const current = storage.read(kind, namespace, name);
      if (current === undefined && (options.subresource ?? "") !== "") throw refuse.notFound(kind, name);
      const by = managerOf(kind, options, "Apply");
      const merged = applyFields(kind, current, object, by, options.force ?? false);
      const decoded = decode(kind, merged, { fieldValidation: "Ignore", as: "object" });
      if (current === undefined) {
        const ready = insert(kind, decoded, options);
        return { object: options.dryRun ? ready : storage.write(kind, ready), created: true };
      }
      return { object: keep(kind, current, replace(kind, current, decoded, options), options), created: false };
    },

    remove: (kind, namespace, name, options) => {
      const current = read(kind, namespace, name);
      const { preconditions } = options;
      if (preconditions?.uid !== undefined && preconditions.uid !== current.metadata.uid) {
        throw refuse.precondition(kind, name, "UID", preconditions.uid, current.metadata.uid);
      }
      if (
        preconditions?.resourceVersion !== undefined &&
        preconditions.resourceVersion !== current.metadata.resourceVersion
      ) {
        throw refuse.precondition(
          kind,
          name,
          "ResourceVersion",
          preconditions.resourceVersion,
          current.metadata.resourceVersion,
        );
      }
      if (kind.group === "" && kind.kind === "Namespace" && PROTECTED.has(name)) {
        throw refuse.forbidden(kind, name, "this namespace may not be deleted");
      }
      const marked = markDeleted(kind, current, options, now());
      if (options.dryRun) return marked;
      if (isReleased(kind, marked)) return storage.remove(kind, marked);
      return isSame(current, marked) ? current : storage.write(kind, marked);
    },
  };
  return verbs;
}
