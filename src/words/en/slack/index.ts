import { answers } from "./answers.ts";
import { forms } from "./forms.ts";
import { help } from "./help.ts";
import { home } from "./home.ts";
import { launch } from "./launch.ts";
import { states } from "./states.ts";
import { times } from "./times.ts";
import { trouble } from "./trouble.ts";

/** What the bot says in Slack. Plain text: views escape it and set what is bold or a link. */
export const slack = {
  ...states,
  ...times,
  ...launch,
  ...trouble,
  ...answers,
  ...forms,
  home,
  help,
};
