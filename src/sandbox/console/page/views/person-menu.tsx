import type { ClientState } from "../../../slack/client-api.ts";
import { moveFocus } from "../elements/move-focus.ts";
import { usePopover } from "../elements/use-popover.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import { Avatar } from "./avatar.tsx";

/** Who one is, and whom else one can be. */
export function PersonMenu({ client, session }: { client: ClientState; session: Session }) {
  const { anchor, popover, open, show, hide } = usePopover();
  const people = client.people.filter(({ isBot }) => !isBot);
  return (
    <>
      <button
        type="button"
        class="person-button"
        ref={anchor}
        aria-label={`You are ${client.me.realName}. Switch person`}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => {
          show();
          popover.current?.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
        }}
      >
        <Avatar person={client.me} size="large" />
        <span class="presence" />
      </button>
      <div
        class="popover menu"
        popover="auto"
        ref={popover}
        role="menu"
        aria-label="Switch person"
        tabIndex={-1}
        onKeyDown={moveFocus}
      >
        <p class="menu-title">Be another person</p>
        {people.map((person) => (
          <button
            type="button"
            role="menuitemradio"
            aria-checked={person.id === client.me.id}
            key={person.id}
            class="menu-person"
            onClick={() => {
              hide();
              if (person.id !== client.me.id) session.become(person.id);
            }}
          >
            <Avatar person={person} size="small" />
            <span>{person.realName || person.name}</span>
            {person.id === client.me.id && <Icon name="check" />}
          </button>
        ))}
      </div>
    </>
  );
}
