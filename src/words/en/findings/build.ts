import type { FindingWords } from "../../words.ts";

const EARLIER_UNREAD =
  "Slipway cannot read what came before this commit, so it does not know yet whether an earlier image will do.";

export const build: Record<string, FindingWords> = {
  "build-failed": {
    title: (p) => `Build #${p.number} failed`,
    cause: (p) =>
      p.job ? `The job ${p.job} failed${p.step ? ` at “${p.step}”` : ""}.` : `The run ended as ${p.conclusion}.`,
    impact: (p) =>
      p.unread === "registry"
        ? "Slipway cannot ask the registry whether the image was pushed before the run failed. If it was, the commit is deployed once the registry answers."
        : p.unread === "lineage"
          ? `There is no new image. ${EARLIER_UNREAD}`
          : "There is no new image.",
    fix: () => "Push a fix, which is then built and deployed. Or press Retry to run the failed jobs again.",
  },
  "workflow-missing": {
    title: () => "No build has begun",
    cause: (p) =>
      p.state === "disabled"
        ? `The workflow ${p.workflow} is switched off, so nothing builds ${p.sha}.`
        : p.state === "missing"
          ? `There is no workflow ${p.workflow} on the default branch, so nothing builds ${p.sha}.`
          : `GitHub shows no run of ${p.workflow ?? "the workflow"} for ${p.sha}. Actions may be off, or the push does not trigger it.`,
    impact: () => "There will be no image until a build runs.",
    fix: (p) => `Look at github.com/${p.repository}/actions, allow Actions there, then retry.`,
  },
  "build-cancelled": {
    title: (p) => `Build #${p.number} was cancelled`,
    cause: (p) => `Somebody, or a newer run, cancelled the build of ${p.sha}.`,
    impact: (p) =>
      p.unread === "registry"
        ? "Slipway cannot ask the registry whether the image was pushed before that. If it was, the commit is deployed once the registry answers."
        : p.unread === "lineage"
          ? `There is no image of this commit. ${EARLIER_UNREAD}`
          : "This commit is not deployed.",
    fix: () => "Run it again on GitHub, press Retry, or push.",
  },
  "build-red": {
    title: (p) => `Build #${p.number} failed${p.image === "kept" ? "" : " after its image was pushed"}`,
    cause: (p) =>
      p.image === "kept"
        ? `The run of ${p.sha} failed${p.job ? ` in the job ${p.job}` : ""}, and that commit needs no image of its own.`
        : `The image of ${p.sha} is in the registry, and the run failed${p.job ? ` in the job ${p.job}` : ""}.`,
    impact: (p) =>
      p.image === "kept"
        ? "The commit is deployed all the same, with the image of a commit before it."
        : "The image is deployed all the same: what decides is that the registry has it.",
    fix: (p) =>
      p.image === "kept"
        ? "Look at the run on GitHub: the next commit that changes more than k8s/ may need it."
        : "To let tests decide, make the image’s job need them (needs: test).",
  },
  "actions-disabled": {
    title: () => "GitHub Actions is off",
    cause: () => "Actions is switched off for this repository by its organisation.",
    impact: () => "There will be no image until it is allowed.",
    fix: () => "An owner of the organisation allows it under Settings → Actions → General; then retry.",
  },
};
