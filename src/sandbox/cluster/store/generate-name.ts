import type { Random } from "../../shared/world.ts";
import type { KubeObject } from "../store.ts";

/** No vowels, and nothing that looks like them: https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
const LONGEST = 58;

export function generateName(object: KubeObject, random: Random): KubeObject {
  const { name, generateName: prefix } = object.metadata;
  if (name !== undefined && name !== "") return object;
  if (typeof prefix !== "string" || prefix === "") return object;
  return { ...object, metadata: { ...object.metadata, name: prefix.slice(0, LONGEST) + random.text(5, ALPHABET) } };
}
