import type { WorkflowFile } from "./workflow-file.ts";

/** Whether `on.push` wants this ref and these changed paths. https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions#filter-pattern-cheat-sheet */
export function wantsPush(file: WorkflowFile, ref: string, changed: readonly string[]): boolean {
  const filter = file.on.push;
  if (filter === undefined) return false;
  if (filter === null) return true;
  const isTag = ref.startsWith("refs/tags/");
  const name = ref.replace(/^refs\/(heads|tags)\//, "");
  const [own, ignored, other] = isTag
    ? [filter.tags, filter["tags-ignore"], filter.branches ?? filter["branches-ignore"]]
    : [filter.branches, filter["branches-ignore"], filter.tags ?? filter["tags-ignore"]];
  if (own ? !matches(own, name) : ignored ? matches(ignored, name) : other !== undefined) return false;
  if (isTag) return true;
  if (filter.paths) return changed.some((path) => matches(filter.paths ?? [], path));
  if (filter["paths-ignore"]) return changed.some((path) => !matches(filter["paths-ignore"] ?? [], path));
  return true;
}

/** The last pattern that matches decides; `!` takes back. */
function matches(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith("!");
    if (glob(negative ? pattern.slice(1) : pattern).test(name)) matched = !negative;
  }
  return matched;
}

function glob(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|[.^$(){}|\\]/g, (found) => {
    switch (found) {
      case "**/":
        return "(?:.*/)?";
      case "**":
        return ".*";
      case "*":
        return "[^/]*";
      default:
        return `\\${found}`;
    }
  });
  return new RegExp(`^${source}$`);
}
