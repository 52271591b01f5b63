import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

/** Three words in a row, a value that is filled in counted as one. */
const THREE = /[A-Za-z…][A-Za-z'’-]*[,:]? [A-Za-z…][A-Za-z'’-]*[,:]? [A-Za-z…]/;
const WORD = /(?<![\w/.-])[A-Za-z'’]{2,}/g;
/** To be copied into a shell, in any language. */
const COMMAND = /^(git|gh|kubectl) /;

/** Files that may have sentences, and why. */
const PLACES: [RegExp, string][] = [
  [/^src\/words\//, "where they belong"],
  [/^src\/sandbox\//, "a program of its own; what vendors say, it says in theirs"],
  [/^src\/config(\.ts|\/)/, "told to who starts the bot, on a terminal, before there are words"],
  [/^src\/(main|start)\.ts$/, "likewise"],
  [/^src\/vantage\//, "the agent: answers of its HTTP interface"],
  [/^src\/http\//, "answers of HTTP interfaces, which no person reads"],
  [/^src\/evidence\//, "reasons for rights, of the table in docs/guide/security.md"],
  [/^src\/start\/metrics-of\.ts$/, "what metrics are, for who reads /metrics"],
  [/^src\/template\//, "told to who writes a template, at its file and line"],
  [/^src\/slack\/access\/access-file\.ts$/, "told to who writes the access file, at its line"],
  [/^src\/probes\//, "what a vantage says of itself, which agents of other versions say too"],
  [
    /^src\/slack\/(create-slack|look-at-slack)\.ts$/,
    "how Slack takes the bot, which the doctor shows as a line of proof",
  ],
  [/^src\/doctor\/checks\/watches\.ts$/, "likewise, of a watch"],
  [/^src\/cluster\//, "what a connection to the API server came to, which is told as a line of proof"],
  [/^src\/github\/create-webhook-receiver\.ts$/, "answers to GitHub"],
  [/^src\/project\/our-repository\.ts$/, "by which a repository on GitHub is known again: never another language's"],
  [/^src\/facts\/evidence-of\.ts$/, "what a look gave, as the layers call it"],
];

/** Calls whose sentences are for who works on the program, or on the cluster. */
const CALLS = /(^|\.)(describe|startsWith|includes|test|log|trace|debug|info|warn|error|fatal)$/;

/** A line of proof; of what is told beside it, the words are a finding's. */
const PROOFS = ["evidence", "evidenceOf", "bare", "message", "problem"];

test("no sentence stands outside of src/words, but where nobody reads it in Slack", () => {
  const found = globSync("src/**/*.ts")
    .filter((file) => !PLACES.some(([place]) => place.test(file)))
    .flatMap((file) => sentencesOf(file, readFileSync(file, "utf8")));
  expect(found).toEqual([]);
});

test.each([
  ['const reason = "its step was not reached";', 1],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a program that is read
  ["const reason = `no answer within ${seconds} s`;", 1],
  ['return unknown(late ? "nobody has looked yet" : undefined);', 1],
  ['const said = { title: "Something is not well" };', 1],
  ['log.warn({ error }, "the person could not be told");', 0],
  ['throw new Error("the answer is no list");', 0],
  ['const schema = z.string().describe("Name of the environment");', 0],
  ['throw new Problem("repo-not-ready", { evidence: "it is not there yet" });', 0],
  ['const url = "https://github.com/acme/rrr"; const code = "image-never-pushed";', 0],
])("%s", (text, count) => expect(sentencesOf("src/x.ts", text)).toHaveLength(count));

function sentencesOf(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  visit(source);
  return found;

  function visit(node: ts.Node): void {
    const said = textOf(node);
    if (said !== undefined && isSentence(said) && !isAllowed(node))
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${said}`);
    ts.forEachChild(node, visit);
  }
}

function isSentence(text: string): boolean {
  return THREE.test(text) && (text.match(WORD) ?? []).length > 1 && !COMMAND.test(text);
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
}

/** By what it is said to: the nearest call, the error that is made of it, or the property that it is. */
function isAllowed(node: ts.Node): boolean {
  for (let at = node.parent; at && !isBodyOfOther(at); at = at.parent) {
    if (ts.isNewExpression(at) && at.expression.getText().endsWith("Error")) return true;
    if (ts.isPropertyAssignment(at) && PROOFS.includes(at.name.getText())) return true;
    if ((ts.isVariableDeclaration(at) || ts.isFunctionDeclaration(at)) && PROOFS.includes(at.name?.getText() ?? ""))
      return true;
    if (ts.isCallExpression(at)) return CALLS.test(at.expression.getText().replace(/\s+/g, "")) || isLog(at);
  }
  return false;
}

/** A function's body, where what is said in it is not told by the function's own name to be a proof. */
function isBodyOfOther(node: ts.Node): boolean {
  return ts.isBlock(node) && !(ts.isFunctionDeclaration(node.parent) && PROOFS.includes(node.parent.name?.text ?? ""));
}

function isLog({ expression }: ts.CallExpression): boolean {
  return ts.isElementAccessExpression(expression) && /(^|\.)log$/.test(expression.expression.getText());
}
