import type { Desk } from "./desk.ts";
import { homeView } from "./views/home-view.ts";

/** App Home as it is for this person now. */
export async function publishHome(person: string, desk: Desk): Promise<void> {
  const stored = await desk.projects.list();
  await desk.client.views.publish({ user_id: person, view: homeView(stored, person, desk.words, desk.clock.now()) });
}
