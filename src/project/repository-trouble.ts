import type { Finding } from "./finding.ts";
import type { FindingParams } from "./finding-params/index.ts";
import type { Whereabouts } from "./ports/github.ts";
import type { Project } from "./project.ts";

/** What is wrong with the repository that a project has recorded: it is not where it was, or nothing can be written to it. */
export function repositoryTrouble(
  { spec }: Project,
  found: Whereabouts,
): { [Code in TroubleCode]: Trouble<Code> }[TroubleCode] | undefined {
  const repository = `${spec.owner}/${spec.repository}`;
  const about = { subject: `Repository/${repository}`, seenFrom: "github" };
  switch (found.state) {
    case "here":
      return undefined;
    case "archived":
      return {
        ...about,
        code: "repo-archived",
        evidence: `${repository}: archived`,
        params: { repository, url: found.repository.url },
      };
    case "moved": {
      const now = `${found.repository.owner}/${found.repository.name}`;
      const params = { repository, now, url: found.repository.url, other: found.other?.url ?? "" };
      return { ...about, code: "repo-gone", evidence: `repository ${found.repository.id}: ${now}`, params };
    }
    case "gone": {
      const evidence = found.other
        ? `${repository}: since ${found.other.createdAt.toISOString().slice(0, 10)} another, ${found.other.id}`
        : `${repository}: 404 Not Found`;
      return { ...about, code: "repo-gone", evidence, params: { repository, other: found.other?.url ?? "" } };
    }
  }
}

type TroubleCode = "repo-gone" | "repo-archived";

interface Trouble<Code extends TroubleCode> extends Pick<Finding, "subject" | "evidence" | "seenFrom"> {
  code: Code;
  params: FindingParams[Code];
}
