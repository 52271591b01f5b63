import type { WorldView } from "../../world-view.ts";
import type { Session } from "../session.ts";
import { Link } from "../text/mentions.tsx";

/** What can be made to go wrong, and where else to look. */
export function Scenarios({ world, session }: { world: WorldView; session: Session }) {
  return (
    <>
      <ul class="scenarios">
        {world.scenarios.map(({ name, title, description, active }) => (
          <li key={name} class={active ? "scenario active" : "scenario"}>
            <div>
              <strong>{title}</strong>
              <code>{name}</code>
              {description !== undefined && <p>{description}</p>}
            </div>
            <button
              type="button"
              role="switch"
              class="switch"
              aria-checked={active}
              aria-label={title}
              onClick={() => session.changeWorld(active ? "stop-scenario" : "start-scenario", { name })}
            >
              <span />
            </button>
          </li>
        ))}
      </ul>
      {world.links.length > 0 && (
        <dl class="world-links">
          {world.links.map(({ title, text, href }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{href === undefined ? <code>{text}</code> : <Link url={href} label={text} />}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
