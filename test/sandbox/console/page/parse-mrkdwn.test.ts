import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Mrkdwn, parseMrkdwn } from "../../../../src/sandbox/console/page/text/parse-mrkdwn.ts";

/** What a person reads of it. */
function plain(pieces: Mrkdwn[]): string {
  return pieces
    .map((piece) => {
      if ("children" in piece) return plain(piece.children);
      if (piece.type === "break") return "\n";
      if (piece.type === "emoji") return `:${piece.name}:`;
      if (piece.type === "link") return piece.label ?? piece.url;
      return "text" in piece ? piece.text : "";
    })
    .join("");
}

describe("mrkdwn", () => {
  test("emphasis stands at a word's edge and may be nested", () => {
    expect(parseMrkdwn("*bold _and italic_*, ~gone~")).toEqual([
      {
        type: "bold",
        children: [
          { type: "text", text: "bold " },
          { type: "italic", children: [{ type: "text", text: "and italic" }] },
        ],
      },
      { type: "text", text: ", " },
      { type: "strike", children: [{ type: "text", text: "gone" }] },
    ]);
    for (const text of ["2 * 3 * 4", "snake_case_name", "a*b*c", "* not bold *", "5~6~7"]) {
      expect(parseMrkdwn(text), text).toEqual([{ type: "text", text }]);
    }
  });

  test("code is literal, with links in it as their addresses", () => {
    expect(parseMrkdwn("`*a* &lt;b&gt;`")).toEqual([{ type: "code", text: "*a* <b>" }]);
    expect(parseMrkdwn("```\ncurl <https://a.b/c>\n*x*\n```")).toEqual([
      { type: "preformatted", text: "curl https://a.b/c\n*x*" },
    ]);
  });

  test("angle brackets are links, mentions and dates", () => {
    expect(parseMrkdwn("<https://a.b/?c=1&amp;d|the page>")).toEqual([
      { type: "link", url: "https://a.b/?c=1&d", label: "the page" },
    ]);
    expect(parseMrkdwn("<@U1> <#C1|ops> <!subteam^S1|@team> <!here>").filter(({ type }) => type !== "text")).toEqual([
      { type: "user", id: "U1", label: undefined },
      { type: "channel", id: "C1", label: "ops" },
      { type: "group", id: "S1", label: "@team" },
      { type: "broadcast", range: "here" },
    ]);
    expect(parseMrkdwn("<!date^1764000000^{date} at {time}^https://a.b|once>")).toEqual([
      { type: "date", timestamp: 1764000000, format: "{date} at {time}", url: "https://a.b", fallback: "once" },
    ]);
  });

  test("an address that nobody marked is a link, without the sentence's full stop", () => {
    expect(parseMrkdwn("live at https://rrr.example.com.")).toEqual([
      { type: "text", text: "live at " },
      { type: "link", url: "https://rrr.example.com" },
      { type: "text", text: "." },
    ]);
  });

  test("lines that begin with > are one quote", () => {
    expect(parseMrkdwn("before\n&gt; one\n&gt; two\nafter").map(({ type }) => type)).toEqual(["text", "quote", "text"]);
  });

  test("emoji are not the seconds of a time", () => {
    expect(parseMrkdwn(":rocket: 10:41:07")).toEqual([
      { type: "emoji", name: "rocket" },
      { type: "text", text: " 10:41:07" },
    ]);
  });

  test("text without any mark is what was written, whatever it is", () => {
    const unmarked = fc.string({ unit: fc.constantFrom("a", "é", " ", "&", ".", "1", "\n", "-", "(", "界") });
    fc.assert(fc.property(unmarked, (text) => plain(parseMrkdwn(text)) === text));
  });

  test("never fails and never takes long", () => {
    const marks = fc.string({
      unit: fc.constantFrom("*", "_", "~", "`", "<", ">", "|", ":", "!", "@", "a", " ", "\n"),
      maxLength: 400,
    });
    fc.assert(fc.property(marks, (text) => void parseMrkdwn(text)));
    expect(() => parseMrkdwn("_*~`<".repeat(2_000))).not.toThrow();
  });
});
