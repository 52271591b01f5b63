import { Problem } from "../project/problem.ts";

/**
 * A template at fault: refused before anything of it reaches a repository.
 * `template-invalid`: template.yaml or the files' kinds, when templates are read.
 * `template-unrendered`: a variable, a placeholder or what came of it, when a template is rendered.
 */
export class TemplateError extends Problem {
  /** Of the template, with its name in front: `nextjs/k8s/base/service.yaml`. */
  readonly file: string;
  /** Counted from 1; undefined where it is the file's name, or the file as a whole. */
  readonly line: number | undefined;
  /** What is wrong, as a sentence without its full stop. */
  readonly reason: string;
  /** What to do about it, likewise. */
  readonly fix: string;

  constructor(
    code: "template-invalid" | "template-unrendered",
    fault: { file: string; line?: number; reason: string; fix: string; cause?: unknown },
  ) {
    const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`;
    super(code, {
      destiny: { kind: "person" },
      params: { file: fault.file, line: fault.line ?? 0, place, reason: fault.reason, fix: fault.fix },
      evidence: `${place}: ${fault.reason}`,
      cause: fault.cause,
    });
    this.name = "TemplateError";
    this.file = fault.file;
    this.line = fault.line;
    this.reason = fault.reason;
    this.fix = fault.fix;
  }
}
