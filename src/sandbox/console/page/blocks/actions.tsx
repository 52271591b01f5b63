import type { ActionsBlock } from "@slack/types";
import { Each } from "../each.tsx";
import { Element } from "../elements/element.tsx";

export function Actions({ block, id }: { block: ActionsBlock; id: string }) {
  return (
    <div class="block-actions">
      <Each of={block.elements}>{(element) => <Element element={element} blockId={id} />}</Each>
    </div>
  );
}
