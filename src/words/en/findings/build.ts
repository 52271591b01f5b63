import type { build as codes } from "../../../project/finding-params/build.ts";
import type { FindingsWords } from "../../words.ts";

const EARLIER_UNREAD =
  "Slipway cannot read the commits before this one, so it cannot tell yet whether an earlier image can be used.";

export const build: FindingsWords<keyof typeof codes> = {
  "build-failed": {
    title: (p) => `Build #${p.number} failed`,
    cause: (p) =>
      p.job
        ? `The job ${p.job} failed${p.step ? ` at “${p.step}”` : ""}.`
        : `The run ended with the conclusion ${p.conclusion}.`,
    impact: (p) =>
      p.unread === "registry"
        ? "The registry does not answer, so Slipway cannot tell whether the image was pushed before the run failed. If it was, the commit is deployed once the registry answers."
        : p.unread === "lineage"
          ? `There is no new image. ${EARLIER_UNREAD}`
          : "There is no new image.",
    fix: () => "Push a fix: it is built and deployed. Or press Retry to run the failed jobs again.",
  },
  "workflow-missing": {
    title: () => "No build has started",
    cause: (p) =>
      p.state === "disabled"
        ? `The workflow ${p.workflow} is disabled, so GitHub does not build ${p.sha}.`
        : p.state === "missing"
          ? `There is no workflow ${p.workflow} on the default branch, so nothing builds ${p.sha}.`
          : `GitHub shows no run of ${p.workflow ?? "the workflow"} for ${p.sha}. Actions may be disabled, or the push does not trigger the workflow.`,
    impact: () => "There is no image to deploy until a build runs.",
    fix: (p) => `Look at github.com/${p.repository}/actions, allow Actions there. Then press Retry.`,
  },
  "build-cancelled": {
    title: (p) => `Build #${p.number} was cancelled`,
    cause: (p) => `A person or a newer run cancelled the build of ${p.sha}.`,
    impact: (p) =>
      p.unread === "registry"
        ? "The registry does not answer, so Slipway cannot tell whether the image was pushed before that. If it was, the commit is deployed once the registry answers."
        : p.unread === "lineage"
          ? `This commit has no image. ${EARLIER_UNREAD}`
          : "This commit is not deployed.",
    fix: () => "Press Retry to run it again, or push a new commit.",
  },
  "build-red": {
    title: (p) => `Build #${p.number} failed${p.image === "kept" ? "" : " after its image was pushed"}`,
    cause: (p) =>
      p.image === "kept"
        ? `The run of ${p.sha} failed${p.job ? ` in the job ${p.job}` : ""}. The commit needs no image of its own.`
        : `The image of ${p.sha} is in the registry, and the run failed${p.job ? ` in the job ${p.job}` : ""}.`,
    impact: (p) =>
      p.image === "kept"
        ? "The commit is deployed anyway, with the image of an earlier commit."
        : "The image is deployed anyway: Slipway deploys it as soon as the registry has it.",
    fix: (p) =>
      p.image === "kept"
        ? "Check the run on GitHub: the next commit that changes more than k8s/ needs a working build."
        : "To deploy only after the tests pass, make the image job depend on them (needs: test).",
  },
  "actions-disabled": {
    title: () => "GitHub Actions is disabled",
    cause: () => "The organisation has disabled Actions for this repository.",
    impact: () => "No image can be built until Actions is enabled.",
    fix: () => "An owner of the organisation enables it under Settings → Actions → General. Then press Retry.",
  },
};
