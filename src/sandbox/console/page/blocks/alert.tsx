import type { AlertBlock } from "@slack/types";
import { Icon } from "../icon.tsx";
import { TextObject } from "../text/text-object.tsx";

const ICONS = { default: "info", info: "info", warning: "warning", error: "error", success: "complete" } as const;

export function Alert({ block }: { block: AlertBlock }) {
  const level = block.level ?? "default";
  return (
    <div class={`block-alert level-${level}`} role={level === "error" ? "alert" : "note"}>
      <Icon name={ICONS[level] ?? "info"} />
      <div class="text">
        <TextObject text={block.text} />
      </div>
    </div>
  );
}
