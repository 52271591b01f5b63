import type { KubeObject } from "../../store.ts";
import { age } from "./age.ts";

export interface Column {
  name: string;
  type: string;
  format?: string;
  description?: string;
  /** 1: only with `-o wide`. */
  priority?: number;
  cell(object: KubeObject, now: Date): unknown;
}

export const NAME: Column = { name: "Name", type: "string", format: "name", cell: (object) => object.metadata.name };
export const AGE: Column = {
  name: "Age",
  type: "string",
  cell: (object, now) => age(object.metadata.creationTimestamp, now),
};
