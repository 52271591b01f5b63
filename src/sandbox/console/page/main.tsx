import { render } from "preact";
import { App } from "./app.tsx";
import { createSession } from "./session.ts";
import { createStore } from "./state/create-store.ts";
import { reduce } from "./state/reduce.ts";
import { initialState } from "./state/state.ts";
import { keepTheme, keptTheme } from "./theme.ts";

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no #app");

const store = createStore(initialState(keptTheme()), reduce);
const session = createSession(store);
let asked = false;

/** However many changes come at once, they are drawn once. */
const draw = () => {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    keepTheme(store.state().theme);
    render(<App state={store.state()} session={session} />, root);
  });
};

store.subscribe(draw);
addEventListener("popstate", session.back);
draw();
session.start();
