import { AsyncLocalStorage } from "node:async_hooks";
import type { Term } from "../controller/leadership.ts";
import type { Fence } from "../project/ports/fence.ts";
import { Problem } from "../project/problem.ts";

export interface RunningFence extends Fence {
  /** Whatever `work` calls, however deep and however late, writes only while the term holds. */
  run<T>(term: Term, work: () => T): T;
}

/** One for the process. What is called outside of `run` (commands, the lease itself, pokes) is nobody's term. */
export function createFence(): RunningFence {
  const terms = new AsyncLocalStorage<Term>();
  return {
    run: (term, work) => terms.run(term, work),
    here() {
      const term = terms.getStore();
      return () => {
        if (term && !term.holds()) throw new Problem("leader-lost", { evidence: "another replica leads now" });
      };
    },
  };
}
