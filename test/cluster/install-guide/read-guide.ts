export type Step = { kind: "command"; line: string; output: string[] } | { kind: "yaml"; text: string };

export interface Section {
  title: string;
  text: string;
  steps: Step[];
}

/** What docs/install.md tells its reader to do, in order: each `$ ` line with the output it shows, and each yaml block. */
export function readGuide(text: string): Section[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: section.split("\n", 1)[0] ?? "", text: section, steps: stepsOf(section) }));
}

function stepsOf(section: string): Step[] {
  return [...section.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, language, body = ""]): Step[] => {
    if (language === "yaml") return [{ kind: "yaml", text: body }];
    if (language !== "console") throw new Error(`nobody knows what to do with a block of ${language || "nothing"}`);
    return body
      .split(/^\$ /m)
      .slice(1)
      .map((each) => {
        const [line = "", ...output] = each.split("\n");
        return { kind: "command", line, output: output.filter((shown) => shown !== "") };
      });
  });
}
