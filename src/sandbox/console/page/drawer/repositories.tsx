import type { RepositoryView, RunView } from "../../world-view.ts";
import { Each } from "../each.tsx";
import { Icon, type IconName } from "../icon.tsx";
import { Link } from "../text/mentions.tsx";

export function Repositories({ repositories }: { repositories: RepositoryView[] }) {
  if (repositories.length === 0) {
    return <p class="place-empty">No repository yet. Type “/project create” in a channel.</p>;
  }
  return (
    <ul class="repositories">
      {repositories.map(({ fullName, url, cloneUrl, headSha, runs }) => (
        <li key={fullName}>
          <header>
            <strong>
              <Link url={url} label={fullName} />
            </strong>
            {headSha !== undefined && <code>{headSha.slice(0, 7)}</code>}
            <code class="clone">git clone {cloneUrl}</code>
          </header>
          {runs.map((run) => (
            <Run key={run.id} run={run} />
          ))}
          {runs.length === 0 && <p class="quiet">No run yet</p>}
        </li>
      ))}
    </ul>
  );
}

function Run({ run }: { run: RunView }) {
  return (
    <details class="run" open={run.status !== "completed" || run.conclusion !== "success"}>
      <summary>
        <State status={run.status} conclusion={run.conclusion} />
        Run #{run.number} {run.name !== undefined && <span class="quiet">{run.name}</span>}
      </summary>
      {run.jobs.map((job) => (
        <div key={job.name} class="job">
          <p>
            <State status={job.status} conclusion={job.conclusion} />
            {job.name}
          </p>
          <ol>
            <Each of={job.steps}>
              {(step) => (
                <li>
                  <State status={step.status} conclusion={step.conclusion} />
                  {step.name}
                </li>
              )}
            </Each>
          </ol>
        </div>
      ))}
    </details>
  );
}

function State({ status, conclusion }: { status: string; conclusion: string | null }) {
  const name = stateOf(status, conclusion);
  return (
    <span class={`state-icon ${name}`}>
      <Icon name={name} label={conclusion ?? status.replaceAll("_", " ")} />
    </span>
  );
}

function stateOf(
  status: string,
  conclusion: string | null,
): IconName & ("pending" | "in_progress" | "complete" | "error") {
  if (status === "in_progress") return "in_progress";
  if (status !== "completed" || conclusion === "skipped" || conclusion === "neutral") return "pending";
  return conclusion === "success" ? "complete" : "error";
}
