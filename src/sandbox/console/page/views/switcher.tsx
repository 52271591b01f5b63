import { useEffect, useRef, useState } from "preact/hooks";
import type { ClientState } from "../../../slack/client-api.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import { Avatar } from "./avatar.tsx";
import { conversations } from "./conversations.ts";

/** Ctrl/Cmd+K: any conversation by a few letters of its name. */
export function Switcher({ client, session }: { client: ClientState; session: Session }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);

  const wanted = query.trim().toLowerCase().replace(/^[#@]/, "");
  const found = conversations(client).filter(({ name }) => name.toLowerCase().includes(wanted));
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((at) => (found.length === 0 ? 0 : (at + step + found.length) % found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const choice = found[active];
      if (choice !== undefined) session.go(choice.place);
    }
  };
  return (
    // A press beside it closes it; by keyboard, Escape does.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <dialog
      ref={dialog}
      class="dialog switcher"
      aria-label="Jump to"
      onClose={() => session.switcher(false)}
      onClick={(event) => event.target === dialog.current && session.switcher(false)}
    >
      <div class="switcher-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label="Jump to"
          aria-expanded="true"
          aria-controls="switcher-list"
          aria-activedescendant={`switcher-${active}`}
          placeholder="Channel, person or app"
          autocomplete="off"
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={key}
        />
      </div>
      <div role="listbox" id="switcher-list" aria-label="Conversations" class="switcher-list" tabIndex={-1}>
        {found.map(({ key, name, section, person, place }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above takes the keys
          <div
            key={key}
            id={`switcher-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            class={index === active ? "option active" : "option"}
            onClick={() => session.go(place)}
          >
            {section === "Channels" ? <Icon name="hash" /> : <Avatar person={person} size="small" />}
            <span>{name}</span>
            <small>{section === "Channels" ? "channel" : section === "Apps" ? "app" : "person"}</small>
          </div>
        ))}
        {found.length === 0 && <p class="picker-hint">Nothing matches “{query}”</p>}
      </div>
    </dialog>
  );
}
