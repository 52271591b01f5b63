import type { Rule } from "../diagnosis/rule.ts";
import type { Doctor } from "../project/ports/doctor.ts";
import { checks } from "./checks/index.ts";
import { examine } from "./examine.ts";
import { examineProject } from "./examine-project.ts";
import type { Surroundings } from "./surroundings.ts";

/** Behind `/project doctor` and `slipway doctor`. */
export function createDoctor(surroundings: Surroundings, rules: readonly Rule[]): Doctor {
  return {
    examine: async () => {
      surroundings.forget();
      return examine(checks, surroundings);
    },
    examineProject: async (project) => {
      surroundings.forget();
      return examineProject(project, surroundings, rules);
    },
  };
}
