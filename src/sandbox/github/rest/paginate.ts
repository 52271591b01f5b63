import type { Call } from "./route.ts";

export interface Page<T> {
  items: T[];
  /** The Link header where there is more than one page. */
  headers: Record<string, string>;
}

/** One page of `all`, with the links GitHub gives. https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function paginate<T>(call: Call, all: readonly T[]): Page<T> {
  const size = Math.min(100, positive(call.query.get("per_page")) ?? 30);
  const page = positive(call.query.get("page")) ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  const links: string[] = [];
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    links.push(`<${call.hub.address.api}${call.path}?${query}>; rel="${rel}"`);
  };
  if (page > 1) link(page - 1, "prev");
  if (page < last) link(page + 1, "next");
  if (page < last) link(last, "last");
  if (page > 1) link(1, "first");
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { link: links.join(", ") } : {},
  };
}

function positive(text: string | null): number | null {
  const number = Number(text);
  return text !== null && Number.isInteger(number) && number > 0 ? number : null;
}
