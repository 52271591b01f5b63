import type { FindingWords } from "../../words.ts";

export const build: Record<string, FindingWords> = {
  "build-failed": {
    title: (p) => `Build #${p.number} failed`,
    cause: (p) =>
      p.job ? `The job ${p.job} failed${p.step ? ` at “${p.step}”` : ""}.` : `The run ended as ${p.conclusion}.`,
    impact: () => "There is no new image, so nothing is deployed.",
    fix: () =>
      "Fix it and push. A launch that has stopped continues with the new commit once you press Retry. Without a new commit, Retry runs the failed jobs again.",
  },
  "workflow-missing": {
    title: () => "No build has begun",
    cause: (p) => `GitHub shows no workflow run of ${p.sha}: Actions may be off, or no workflow fits the push.`,
    impact: () => "There will be no image until a build runs.",
    fix: (p) => `Look at github.com/${p.repository}/actions, allow Actions there, then retry.`,
  },
  "actions-disabled": {
    title: () => "GitHub Actions is off",
    cause: () => "Actions is switched off for this repository by its organisation.",
    impact: () => "There will be no image until it is allowed.",
    fix: () => "An owner of the organisation allows it under Settings → Actions → General; then retry.",
  },
};
