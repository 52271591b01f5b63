import type { Click, Client } from "./client/create-client.ts";
import { changeWorld, createClient, readWorld, signIn } from "./client/create-client.ts";
import { listen } from "./client/listen.ts";
import { readPlace, writePlace } from "./place-in-address.ts";
import type { Store } from "./state/create-store.ts";
import { placeChannel } from "./state/place-channel.ts";
import type { Change, Place, State, Theme, ThreadPlace } from "./state/state.ts";

export type Session = ReturnType<typeof createSession>;

/** What a person can do on the page; every effect is here, and what comes of it goes to the store. */
export function createSession(store: Store<State, Change>) {
  const { change } = store;
  let client: Client | undefined;
  let stopListening: (() => void) | undefined;

  /** Tells the person of what failed instead of losing it. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      change({ type: "trouble", text: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };

  const readChannel = (channel: string) =>
    attempt(async () => {
      const asked = store.state().messages[channel] ?? {};
      const read = await client?.messages(channel);
      if (read !== undefined) change({ type: "channel_read", channel, asked, messages: read.messages });
    });

  const readThread = ({ channel, ts }: ThreadPlace) =>
    attempt(async () => {
      const asked = store.state().messages[channel] ?? {};
      const read = await client?.thread(channel, ts);
      if (read !== undefined) change({ type: "thread_read", channel, ts, asked, messages: read.messages });
    });

  const readWhatIsShown = async () => {
    const { place, thread } = store.state();
    const channel = placeChannel(store.state());
    await Promise.all([
      channel === undefined ? undefined : readChannel(channel),
      thread === undefined ? undefined : readThread(thread),
      place?.kind === "app" && place.tab === "home" ? attempt(async () => client?.home(place.id)) : undefined,
    ]);
  };

  const show = (place: Place, thread?: ThreadPlace) => {
    change({ type: "went", place, thread });
    return readWhatIsShown();
  };

  const remember = () => {
    const { person, place, thread } = store.state();
    writePlace({ person, place, thread });
  };

  const start = async (person: string | undefined) => {
    stopListening?.();
    const signedIn = await attempt(() => signIn(person));
    if (signedIn === undefined) {
      change({ type: "connection", connection: "lost" });
      setTimeout(() => start(person), 2_000);
      return;
    }
    client = createClient(signedIn.me.id);
    change({ type: "trouble" });
    change({ type: "signed_in", client: signedIn });
    const asked = readPlace();
    const open = signedIn.channels.filter(({ isMember, isDirect, isArchived }) => isMember && !isDirect && !isArchived);
    // Where there is one for it, that is where a person begins.
    const first = open.find(({ name }) => name === "launches") ?? open[0];
    const place = asked.place ?? (first && ({ kind: "channel", id: first.id } as const));
    if (place !== undefined) change({ type: "went", place, thread: asked.thread });
    remember();
    stopListening = listen(signedIn.me.id, {
      opened: async () => {
        change({ type: "connection", connection: "open" });
        await attempt(async () => change({ type: "signed_in", client: await signIn(signedIn.me.id) }));
        await readWhatIsShown();
      },
      lost: () => change({ type: "connection", connection: "lost" }),
      event: (event) => {
        change({ type: "event", event });
        // A conversation that this page does not know yet: someone has been added, or a bot has written first.
        const channel = event.type === "message" ? event.message.channel : undefined;
        if (channel !== undefined && !store.state().client?.channels.some(({ id }) => id === channel)) {
          attempt(async () => change({ type: "signed_in", client: await signIn(signedIn.me.id) }));
        }
      },
    });
  };

  return {
    start: () => start(readPlace().person),
    become: (person: string) => {
      writePlace({ person });
      return start(person);
    },
    go: (place: Place) => {
      show(place);
      remember();
    },
    back: () => {
      const { place, thread } = readPlace();
      if (place !== undefined) show(place, thread);
    },
    openThread: (thread: ThreadPlace) => {
      change({ type: "thread", thread });
      remember();
      return readThread(thread);
    },
    closeThread: () => {
      change({ type: "thread" });
      remember();
    },
    say: (channel: string, text: string, thread_ts?: string) =>
      attempt(async () => client?.say(channel, text, thread_ts)),
    click: (click: Click) => attempt(async () => client?.click(click)),
    suggest: async (spot: Parameters<Client["suggest"]>[0]) => (await attempt(async () => client?.suggest(spot))) ?? {},
    submit: (viewId: string, values: Parameters<Client["submit"]>[1]) =>
      attempt(async () => (await client?.submit(viewId, values)) ?? {}),
    closeModal: (viewId: string) => {
      change({ type: "modal_closed", viewId });
      return attempt(async () => client?.close(viewId));
    },
    sidebar: (open: boolean) => change({ type: "sidebar", open }),
    switcher: (open: boolean) => change({ type: "switcher", open }),
    forgetTrouble: () => change({ type: "trouble" }),
    theme: (theme: Theme) => change({ type: "theme", theme }),
    openWorld: (open: boolean) => change({ type: "world_open", open }),
    readWorld: () => attempt(async () => change({ type: "world", world: await readWorld() })),
    changeWorld: async (...request: Parameters<typeof changeWorld>) => {
      await attempt(() => changeWorld(...request));
      await attempt(async () => change({ type: "world", world: await readWorld() }));
    },
  };
}
