import type { ClientState } from "../../../slack/client-api.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import { placeChannel } from "../state/place-channel.ts";
import type { Place, State } from "../state/state.ts";
import { Mrkdwn } from "../text/mrkdwn.tsx";
import { Avatar } from "./avatar.tsx";
import { Composer } from "./composer.tsx";
import { Home } from "./home.tsx";
import { MessageList } from "./message-list.tsx";
import { rootMessages } from "./shown-messages.ts";

/** The middle of the window: a channel, a direct message, or an app with its two tabs. */
export function PlaceView({ state, client, session }: { state: State; client: ClientState; session: Session }) {
  const { place } = state;
  const channelId = placeChannel(state);
  const channel = client.channels.find(({ id }) => id === channelId);
  const title = titleOf(place, client);
  return (
    <main class="place" aria-label={title.name}>
      <header class="place-header">
        <button
          type="button"
          class="icon-button only-narrow"
          aria-label="Conversations"
          onClick={() => session.sidebar(true)}
        >
          <Icon name="back" />
        </button>
        {title.person ? <Avatar person={title.person} size="small" /> : <Icon name="hash" />}
        <h2>{title.name}</h2>
        {channel?.topic && (
          <p class="place-topic">
            <Mrkdwn text={channel.topic} />
          </p>
        )}
      </header>
      {place?.kind === "app" && <Tabs place={place} session={session} />}
      {place?.kind === "app" && place.tab === "home" ? (
        <Home key={place.id} view={state.homes[place.id]} session={session} />
      ) : channelId === undefined ? (
        <p class="place-empty">Nothing has been said here yet.</p>
      ) : (
        <>
          <MessageList
            key={channelId}
            messages={rootMessages(state, channelId)}
            isLoaded={state.loaded[channelId] === true}
            people={client.people}
            session={session}
            openThread={state.thread?.ts}
            beginning={title.person ? undefined : title.name}
          />
          <Typing people={state.typing[channelId] ?? []} client={client} />
          <Composer
            key={`composer-${channelId}`}
            client={client}
            placeholder={`Message ${title.person ? title.name : `#${title.name}`}`}
            onSend={(text) => session.say(channelId, text)}
          />
        </>
      )}
    </main>
  );
}

function Tabs({ place, session }: { place: Place & { kind: "app" }; session: Session }) {
  return (
    <div class="tabs" role="tablist">
      {(["home", "messages"] as const).map((tab) => (
        <button
          type="button"
          role="tab"
          key={tab}
          aria-selected={place.tab === tab}
          onClick={() => session.go({ ...place, tab })}
        >
          {tab === "home" ? "Home" : "Messages"}
        </button>
      ))}
    </div>
  );
}

function Typing({ people, client }: { people: string[]; client: ClientState }) {
  const names = people.map((id) => client.people.find((person) => person.id === id)?.realName ?? id);
  return (
    <div class="typing" aria-live="polite">
      {names.length > 0 && `${names.join(", ")} ${names.length === 1 ? "is" : "are"} typing…`}
    </div>
  );
}

function titleOf(place: Place | undefined, client: ClientState) {
  const person = (id: string | undefined) => client.people.find((person) => person.id === id);
  if (place?.kind === "app") {
    const app = client.apps.find(({ id }) => id === place.id);
    return { name: app?.name ?? place.id, person: person(app?.botUserId) };
  }
  const channel = client.channels.find(({ id }) => id === place?.id);
  const other = channel?.isDirect ? person(channel.withPerson) : undefined;
  return { name: other?.realName ?? channel?.name ?? "", person: other };
}
