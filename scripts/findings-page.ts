import type { Rule } from "../src/diagnosis/rule.ts";
import { rules } from "../src/diagnosis/rules/index.ts";
import { build } from "../src/words/en/findings/build.ts";
import { cluster } from "../src/words/en/findings/cluster.ts";
import { flux } from "../src/words/en/findings/flux.ts";
import { github } from "../src/words/en/findings/github.ts";
import { health } from "../src/words/en/findings/health.ts";
import { image } from "../src/words/en/findings/image.ts";
import { launch } from "../src/words/en/findings/launch.ts";
import { network } from "../src/words/en/findings/network.ts";
import { slipway } from "../src/words/en/findings/slipway.ts";
import { workload } from "../src/words/en/findings/workload.ts";
import { en } from "../src/words/en/index.ts";
import type { FindingWords } from "../src/words/words.ts";

/** The groups of src/words/en/findings, in the order of a launch. */
const GROUPS: Record<string, Record<string, FindingWords<never>>> = {
  "Before anything is made": launch,
  GitHub: github,
  "The build": build,
  "The image": image,
  Flux: flux,
  "The workload": workload,
  "Network and certificate": network,
  "The cluster": cluster,
  "Slipway and Slack": slipway,
  "What the doctor finds": health,
};

const CLOUDS = ["tencent", "alibaba", "aws", "google", "azure", "hetzner"];

/** docs/findings.md, made of the rules and of the words that people see. Facts of the case are in braces. */
export function findingsPage(): string {
  const groups = Object.entries(GROUPS).map(([title, findings]) =>
    [`## ${title}`, ...Object.entries(findings).map(([code, words]) => entry(code, words))].join("\n\n"),
  );
  return `<!-- Made of src/diagnosis/rules and src/words/en by npm run make:findings. -->

# Findings

Everything that Slipway says is wrong has a code. Here is what each says, in the words that a thread shows; what is in
braces is filled in from the case. A finding that stops a step shows Retry, Undo and Keep on the launch's card.

${groups.join("\n\n")}
`;
}

function entry(code: string, words: FindingWords<never>): string {
  const rule = rules.find((each) => each.code === code);
  return [
    `### ${code}`,
    `**${words.title(facts({}))}.** ${words.cause(facts({}))}`,
    ...(rule ? [watched(rule)] : []),
    [`- What it means: ${words.impact(facts({}))}`, `- What to do: ${words.fix(facts({}))}`, ...byCloud(words)].join(
      "\n",
    ),
  ].join("\n\n");
}

/** Of what is judged on every look, not only when a step fails. */
function watched({ severity, needs, remedies }: Rule): string {
  const what = severity === "warn" ? "A warning: it stops no step" : "A failure";
  const seen = needs.map((need) => `\`${need}\``).join(", ");
  const buttons = remedies.map((id) => en.remedies[id]).join(", ");
  const reads = needs.length === 0 ? "Needs no more than the Project" : `Needs ${seen} of the snapshot`;
  return `${what}; looked for as long as the project lives. ${reads}. Buttons: ${buttons || "none"}.`;
}

/** Where the fix differs from cloud to cloud. */
function byCloud(words: FindingWords<never>): string[] {
  return CLOUDS.flatMap((cloud) => {
    const said = words.fix(facts({ cloud }));
    return said === words.fix(facts({})) ? [] : [`  - ${said}`];
  });
}

/** Any fact that a sentence asks for, by its name; a cloud that nobody knows. */
function facts(known: Record<string, string>): never {
  return new Proxy(known, {
    get: (given, name) => given[String(name)] ?? `{${String(name)}}`,
    // Whatever fact a sentence asks for.
  }) as never;
}
