import type { Store } from "../store.ts";
import type { Kinds } from "./create-kinds.ts";
import type { Storage } from "./create-storage.ts";
import type { Verbs } from "./create-verbs.ts";

/** The store with what only the HTTP side needs: kinds by their URLs, history, options of writes. */
export interface ClusterStore extends Store {
  readonly kinds: Kinds;
  readonly storage: Storage;
  readonly verbs: Verbs;
}
