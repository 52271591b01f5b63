import { expect, test } from "vitest";
import { parseMarkdown } from "../../../../src/sandbox/console/page/text/parse-markdown.ts";

test("headings, paragraphs, lists, quotes, code and rules are told apart", () => {
  const source = "# Report\nIt took **5 min**.\n\n- one\n- two\n\n1. first\n\n> quoted\n\n---\n\n```sh\nnpm ci\n```\n";
  expect(parseMarkdown(source).map((block) => block.type)).toEqual([
    "heading",
    "paragraph",
    "list",
    "list",
    "quote",
    "rule",
    "preformatted",
  ]);
});

test("a list keeps its items together, and code its text", () => {
  expect(parseMarkdown("- `a`\n- [b](https://b.c)")).toEqual([
    {
      type: "list",
      ordered: false,
      items: [[{ type: "code", text: "a" }], [{ type: "link", url: "https://b.c", label: "b" }]],
    },
  ]);
  expect(parseMarkdown("```\n# not a heading\n```")).toEqual([{ type: "preformatted", text: "# not a heading" }]);
});
