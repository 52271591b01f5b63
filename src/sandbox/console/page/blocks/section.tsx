import type { SectionBlock } from "@slack/types";
import { Each } from "../each.tsx";
import { Element } from "../elements/element.tsx";
import { TextObject } from "../text/text-object.tsx";

export function Section({ block, id }: { block: SectionBlock; id: string }) {
  return (
    <div class="block-section">
      <div class="block-section-text">
        {block.text && (
          <div class="text">
            <TextObject text={block.text} />
          </div>
        )}
        {block.fields && (
          <div class="block-fields">
            <Each of={block.fields}>
              {(field) => (
                <div class="text">
                  <TextObject text={field} />
                </div>
              )}
            </Each>
          </div>
        )}
      </div>
      {block.accessory && (
        <div class="block-accessory">
          <Element element={block.accessory} blockId={id} />
        </div>
      )}
    </div>
  );
}
