import type { CardBlock, CarouselBlock } from "@slack/types";
import { Each } from "../each.tsx";
import { Element } from "../elements/element.tsx";
import { TextObject } from "../text/text-object.tsx";

export function Card({ block, id }: { block: CardBlock; id: string }) {
  const { hero_image: hero, icon, title, subtitle, body, actions } = block;
  return (
    <article class="block-card">
      {hero && <img class="block-card-hero" src={"image_url" in hero ? hero.image_url : ""} alt={hero.alt_text} />}
      <div class="block-card-body">
        <header>
          {icon && <img class="block-card-icon" src={"image_url" in icon ? icon.image_url : ""} alt={icon.alt_text} />}
          <div>
            {title && (
              <div class="block-card-title">
                <TextObject text={title} />
              </div>
            )}
            {subtitle && (
              <div class="block-card-subtitle">
                <TextObject text={subtitle} />
              </div>
            )}
          </div>
        </header>
        {body && (
          <div class="text">
            <TextObject text={body} />
          </div>
        )}
        {actions && (
          <div class="block-actions">
            <Each of={actions}>{(action) => <Element element={action} blockId={id} />}</Each>
          </div>
        )}
      </div>
    </article>
  );
}

export function Carousel({ block, id }: { block: CarouselBlock; id: string }) {
  return (
    <div class="block-carousel">
      <Each of={block.elements}>{(card) => <Card block={card} id={card.block_id ?? id} />}</Each>
    </div>
  );
}
