import { evaluate, type Scope, text, truthy } from "./expression.ts";

/** A text with its `${{ }}` replaced. */
export function interpolate(source: string, scope: Scope): string {
  return source.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, inside: string) => text(evaluate(inside, scope)));
}

/** An `if:`. Without a status function in it, it also wants that nothing has failed. https://docs.github.com/en/actions/reference/evaluate-expressions-in-workflows-and-actions#status-check-functions */
export function condition(source: string | number | boolean | undefined, scope: Scope): boolean {
  if (source === undefined) return scope.status.success;
  const inside = String(source).replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1");
  const asks = /\b(always|success|failure|cancelled)\s*\(/.test(inside);
  return (asks || scope.status.success) && truthy(evaluate(inside, scope));
}
