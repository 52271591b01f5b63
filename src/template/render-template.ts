import { createEngine } from "./create-engine.ts";
import { type RenderedFile, renderFile } from "./render-file.ts";
import { scopeOf } from "./scope-of.ts";
import type { Template, TemplateFile } from "./template.ts";
import { TemplateError } from "./template-error.ts";
import type { TemplateVariables } from "./template-variables.ts";

/**
 * The files of a new project, ordered by path. Pure: the same template and variables give the same files.
 * @throws TemplateError `template-unrendered`, before anything is made
 */
export function renderTemplate(template: Template, variables: TemplateVariables): { files: RenderedFile[] } {
  const scope = scopeOf(template, variables);
  const engine = createEngine();
  const files = template.files.flatMap((file) =>
    scopesOf(template, file, variables, scope).map((own) => renderFile(engine, template, file, own)),
  );
  refuseSamePaths(template, files);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** One scope for each time that a file is rendered: once, or once for every environment under a `repeat`. */
function scopesOf(template: Template, file: TemplateFile, variables: TemplateVariables, scope: object): object[] {
  const repeat = template.repeat.find(({ path }) => file.path === path || file.path.startsWith(`${path}/`));
  if (!repeat) return [scope];
  return variables[repeat.for].map((item) => ({ ...scope, [repeat.as]: item }));
}

function refuseSamePaths(template: Template, files: RenderedFile[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path)) {
      throw new TemplateError("template-unrendered", {
        file: `${template.name}/${path}`,
        reason: "two files of the template would become this one",
        fix: "name files under a repeat after what they are repeated for, as in [[= environment.name =]]",
      });
    }
    seen.add(path);
  }
}
