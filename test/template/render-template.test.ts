import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { renderTemplate } from "../../src/template/render-template.ts";
import type { Template } from "../../src/template/template.ts";
import { TemplateError } from "../../src/template/template-error.ts";
import { rrr, TRAPS } from "./launch-variables.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A template of these files, called `mine`. */
function template(files: Record<string, string | Uint8Array>, manifest: Partial<Template> = {}): Template {
  return {
    name: "mine",
    title: "Mine",
    description: "Of a test",
    variables: [],
    buildSeconds: 1,
    port: 3000,
    healthPath: "/healthz",
    repeat: [],
    verbatim: [],
    directory: "mine",
    ...manifest,
    files: Object.entries(files).map(([path, content]) => ({
      path,
      content: typeof content === "string" ? bytes(content) : content,
      mode: "100644",
    })),
  };
}

function render(files: Record<string, string | Uint8Array>, variables = rrr, manifest: Partial<Template> = {}) {
  const rendered = renderTemplate(template(files, manifest), variables).files;
  return Object.fromEntries(rendered.map(({ path, content }) => [path, content]));
}

function refusal(files: Record<string, string>, variables = rrr, manifest: Partial<Template> = {}): TemplateError {
  try {
    render(files, variables, manifest);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error("it was rendered");
}

describe("what is rendered", () => {
  it("fills in variables and leaves other languages' braces alone", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Actions
    const other = "${{ github.sha }} {{ .Values.x }} <div style={{ a: [[1]] }} /> [[ -f x ]] <%= y %> [[...slug]]";
    expect(render({ "a.txt": `[[= name =]] ${other}` })).toEqual({ "a.txt": `rrr ${other}` });
  });

  it("fills in names of files and directories", () => {
    expect(render({ "[[= owner =]]/[[= name =]].txt": "x" })).toEqual({ "Acme/rrr.txt": "x" });
  });

  it("renders a repeated directory once for every environment", () => {
    const files = { "k8s/[[= stage.name =]]/host": "[[= stage.host =]] [[= name =]]" };
    const repeat: Template["repeat"] = [{ path: "k8s/[[= stage.name =]]", for: "environments", as: "stage" }];
    expect(render(files, rrr, { repeat })).toEqual({
      "k8s/production/host": "rrr.example.com rrr",
      "k8s/staging/host": "rrr-staging.example.com rrr",
    });
  });

  it("takes an empty variable for false", () => {
    const files = { a: "[[% if issuer %]]tls[[% else %]]plain[[% endif %]]" };
    expect(render(files, { ...rrr, issuer: "" })).toEqual({ a: "plain" });
  });

  it("passes binary files through, and files listed as verbatim", () => {
    const image = new Uint8Array([0x89, 0x50, 0x00, 0x5b, 0x5b, 0x3d]);
    const latin = new Uint8Array([0x5b, 0x5b, 0x3d, 0xe9]);
    const files = { "logo.png": image, "latin.txt": latin, "docs/how.md": "write [[= name =]]" };
    expect(render(files, rrr, { verbatim: ["docs/**"] })).toEqual(files);
  });

  it("keeps the mode of a file", () => {
    const script = template({ "run.sh": "#!/bin/sh\n" });
    const [file] = renderTemplate(
      { ...script, files: script.files.map((each) => ({ ...each, mode: "100755" })) },
      rrr,
    ).files;
    expect(file?.mode).toBe("100755");
  });

  it("keeps the text otherwise as it was, to the byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!/\[\[[=%]|[=%]\]\]|\0/.test(text));
        expect(render({ "a.txt": text })).toEqual({ "a.txt": text });
      }),
      { numRuns: 30 },
    );
  });
});

describe("what is refused, with file and line", () => {
  it("an undefined variable", () => {
    const error = refusal({ "k8s/service.yaml": "kind: Service\nmetadata:\n  name: [[= nmae | string =]]\n" });
    expect(error).toMatchObject({ code: "template-unrendered", file: "mine/k8s/service.yaml", line: 3 });
    expect(error.reason).toBe("undefined variable: nmae");
    expect(error.message).toContain("mine/k8s/service.yaml:3: undefined variable: nmae");
  });

  it("an undefined field, filter, or condition", () => {
    const repeat: Template["repeat"] = [{ path: "a", for: "environments", as: "environment" }];
    expect(refusal({ a: "\n[[= environment.hots =]]" }, rrr, { repeat })).toMatchObject({ file: "mine/a", line: 2 });
    expect(refusal({ a: "\n\n[[= name | shout =]]" })).toMatchObject({ line: 3, reason: "undefined filter: shout" });
    expect(refusal({ a: "[[% if isuer %]][[% endif %]]" })).toMatchObject({ line: 1 });
    expect(refusal({ a: "[[= environment.name =]]" })).toMatchObject({
      reason: expect.stringContaining("environment"),
    });
    expect(refusal({ a: "[[= constructor =]]" })).toMatchObject({ line: 1 });
  });

  it("a delimiter that is left over", () => {
    expect(refusal({ a: "one\ntwo [[= name" })).toMatchObject({ file: "mine/a", line: 2 });
    expect(refusal({ a: "[[= name =]]\none\nname =]]" })).toMatchObject({
      line: 3,
      reason: expect.stringMatching(/=\]\]/),
    });
    expect(refusal({ a: "[[% raw %]]\n[[= name =]]\n[[% endraw %]]" })).toMatchObject({ line: 2 });
    expect(refusal({ a: "[[% if name %]]" })).toMatchObject({ line: 1 });
  });

  it("a file to be included from the disk", () => {
    expect(refusal({ a: "\n[[% render '/etc/passwd' %]]" })).toMatchObject({ line: 2 });
  });

  it("a path that leads elsewhere, is empty or is taken", () => {
    const owner = (value: string) => ({ ...rrr, owner: value });
    for (const value of ["..", ".git", "", "a//b", "a\nb"]) {
      expect(refusal({ "[[= owner =]]/x": "" }, owner(value))).toMatchObject({ file: "mine/[[= owner =]]/x" });
    }
    expect(refusal({ "[[= name =]]": "", rrr: "" })).toMatchObject({ reason: expect.stringContaining("two files") });
    expect(refusal({ "[[= nmae =]]": "" })).toMatchObject({ file: "mine/[[= nmae =]]", line: undefined });
  });

  it("a value that holds our own delimiter, and an image in upper case", () => {
    expect(refusal({}, { ...rrr, owner: "[[= name =]]" })).toMatchObject({ file: "mine/template.yaml" });
    expect(refusal({}, { ...rrr, image: "ghcr.io/Acme/rrr" })).toMatchObject({
      reason: expect.stringContaining("upper"),
    });
  });

  it("JSON that is none any more", () => {
    expect(refusal({ "package.json": '{ "name": "[[= owner =]]" }' }, { ...rrr, owner: 'a"b' }).reason).toMatch(/JSON/);
  });
});

describe("scalars of YAML", () => {
  // Names that some reader of YAML, 1.1 or 1.2, would not read as a string.
  const unlucky = [
    "8888",
    "on",
    "off",
    "yes",
    "no",
    "y",
    "n",
    "null",
    "~",
    "true",
    "1e3",
    "080",
    "0x1f",
    "0o17",
    "2012-12-12",
  ];

  it.each(unlucky)("an unquoted %s is refused, with the template's line", (owner) => {
    const source = "# [[= name =]]\n[[% if issuer %]]\na: 1\n[[% endif %]]\nowner: [[= owner =]]\n";
    const error = refusal({ "a.yaml": source }, { ...rrr, owner });
    expect(error).toMatchObject({ file: "mine/a.yaml", line: 5, reason: expect.stringContaining(owner) });
    expect(error.fix).toContain("| string");
  });

  it("refuses an unquoted one in a key, in a list and as an owner's part of nothing else", () => {
    const eight = { ...rrr, owner: "8888" };
    expect(refusal({ "a.yml": "[[= owner =]]: x\n" }, eight)).toMatchObject({ line: 1 });
    expect(refusal({ "a.yml": "a:\n  - b\n  - [[= owner =]]\n" }, eight)).toMatchObject({ line: 3 });
    expect(refusal({ "a.yml": "a: {b: [[= owner =]]}\n" }, eight)).toMatchObject({ line: 1 });
    expect(refusal({ "a.yml": "---\na: b\n---\na: [[= owner =]]\n" }, eight)).toMatchObject({ line: 4 });
  });

  it("lets one pass that is quoted, or part of a longer string", () => {
    const source = "a: '[[= owner =]]'\nb: [[= owner | string =]]\nc: x/[[= owner =]]\nd: |\n  [[= owner =]]\n";
    for (const owner of [...unlucky, ...TRAPS]) {
      const { "a.yaml": text } = render({ "a.yaml": source }, { ...rrr, owner });
      expect(parse(String(text))).toEqual({ a: owner, b: owner, c: `x/${owner}`, d: `${owner}\n` });
    }
  });

  it("lets numbers be numbers, and strings where they are asked to", () => {
    const { "a.yaml": text } = render({ "a.yaml": "port: [[= port =]]\ntext: [[= port | string =]]\n" });
    expect(parse(String(text))).toEqual({ port: 3000, text: "3000" });
  });

  it("no value changes what the YAML is made of", () => {
    for (const owner of ["a: b", "a\nb: c", "[a", "&a b", "a # b", "- a", "{a: b}", "*a", "!!int 3", "a\n---\nb"]) {
      expect(refusal({ "a.yaml": "x: 1\nowner: [[= owner =]]\n" }, { ...rrr, owner }), owner).toMatchObject({
        code: "template-unrendered",
        file: "mine/a.yaml",
      });
    }
  });

  it("whatever the value, the filter string keeps it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.constantFrom(...TRAPS)), (owner) => {
        fc.pre(!/\[\[[=%]|[=%]\]\]|[\uE000-\uE002]/.test(owner));
        const { "a.yaml": text } = render({ "a.yaml": "a: [[= owner | string =]]\n" }, { ...rrr, owner });
        expect(parse(String(text))).toEqual({ a: owner });
      }),
      { numRuns: 50 },
    );
  });

  it("broken YAML is refused", () => {
    expect(refusal({ "a.yaml": "a: b\n  c: d\n" })).toMatchObject({ file: "mine/a.yaml", line: 1 });
  });
});

describe("variables that a template declares", () => {
  const variables = [
    { name: "team", description: "Who owns it" },
    { name: "tier", description: "How much it matters", default: "low", pattern: "low|high" },
  ];

  it("are given, or have their default", () => {
    const files = { a: "[[= team =]] [[= tier =]]" };
    expect(render(files, { ...rrr, values: { team: "red" } }, { variables })).toEqual({ a: "red low" });
    expect(render(files, { ...rrr, values: { team: "red", tier: "high" } }, { variables })).toEqual({ a: "red high" });
  });

  it("are refused where missing, not declared or not as wanted", () => {
    expect(refusal({}, rrr, { variables }).reason).toContain("team");
    expect(refusal({}, { ...rrr, values: { team: "red", tier: "highest" } }, { variables }).reason).toContain(
      "highest",
    );
    expect(refusal({}, { ...rrr, values: { team: "red", teem: "blue" } }, { variables }).reason).toContain("teem");
    expect(refusal({}, { ...rrr, values: { team: "red", name: "other" } }, { variables }).reason).toContain("name");
  });

  it("can ask more of what every launch gives", () => {
    const short = [{ name: "name", description: "Short", pattern: "[a-z]{1,2}" }];
    expect(refusal({}, rrr, { variables: short }).reason).toContain("rrr");
  });
});
