import { findRenamed, findRepository } from "./find.ts";
import type { Hub } from "./hub.ts";
import type { Job, Repository, Run } from "./state.ts";

/** Small pages, so that links in messages lead somewhere. */
export function page(hub: Hub, path: string): { status: number; body: string; headers?: { location: string } } {
  const [, owner = "", name = "", ...rest] = path.replace(/\/$/, "").split("/");
  if (owner === "" || name === "") return accountPage(hub, owner || hub.owner);
  const repository = findRepository(hub.state, owner, name);
  const renamed = repository ? null : findRenamed(hub.state, owner, name);
  if (renamed) {
    const location = `/${[renamed.owner, renamed.name, ...rest].join("/")}`;
    return { status: 301, body: layout("Moved", link(location, location)), headers: { location } };
  }
  if (!repository) return { status: 404, body: layout("Not found", "<p>There is no such repository here.</p>") };
  const runId = rest[0] === "actions" && rest[1] === "runs" ? rest[2] : undefined;
  if (runId === undefined) return { status: 200, body: repositoryPage(hub, repository) };
  const run = hub.state.runs.find((one) => String(one.id) === runId && one.repositoryId === repository.id);
  return run
    ? { status: 200, body: runPage(hub, repository, run) }
    : { status: 404, body: layout("Not found", "<p>There is no such run here.</p>") };
}

function accountPage(hub: Hub, owner: string) {
  const own = hub.state.repositories.filter((one) => one.owner.toLowerCase() === owner.toLowerCase());
  const known = hub.state.accounts.some((account) => account.login.toLowerCase() === owner.toLowerCase());
  if (!known) return { status: 404, body: layout("Not found", "<p>There is nobody of that name here.</p>") };
  return { status: 200, body: layout(owner, list(own.map((one) => link(`/${one.owner}/${one.name}`, one.name)))) };
}

function repositoryPage(hub: Hub, repository: Repository): string {
  const full = `${repository.owner}/${repository.name}`;
  const runs = hub.state.runs.filter((run) => run.repositoryId === repository.id);
  return layout(
    full,
    `<p>${escapeHtml(repository.description ?? "")}</p>
<pre>git clone ${escapeHtml(`${hub.address.server}/${full}.git`)}</pre>
<h2>Runs</h2>
${list(runs.map((run) => `${link(`/${full}/actions/runs/${run.id}`, `#${run.number} ${run.title}`)} ${state(run)}`))}`,
  );
}

function runPage(hub: Hub, repository: Repository, run: Run): string {
  const full = `${repository.owner}/${repository.name}`;
  const jobs = hub.state.jobs.filter((job) => job.runId === run.id && job.attempt === run.attempt);
  const refresh = run.status === "completed" ? "" : '<meta http-equiv="refresh" content="2">';
  return layout(
    `${run.title} · #${run.number}`,
    `${refresh}<p>${link(`/${full}`, full)} · <code>${escapeHtml(run.headSha.slice(0, 7))}</code> · ${escapeHtml(run.headBranch)} ${state(run)}</p>
${jobs.map(jobSection).join("\n")}`,
  );
}

function jobSection(job: Job): string {
  const steps = list(job.steps.map((step) => `${escapeHtml(step.name)} ${state(step)}`));
  return `<section><h2>${escapeHtml(job.name)} ${state(job)}</h2>${steps}<details><summary>Log</summary><pre>${escapeHtml(job.log.join("\n"))}</pre></details></section>`;
}

function state(of: { status: string; conclusion: string | null }): string {
  const word = of.conclusion ?? of.status;
  return `<small class="${word}">${escapeHtml(word.replace("_", " "))}</small>`;
}

function list(items: string[]): string {
  return items.length > 0 ? `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>` : "<p>None yet.</p>";
}

function link(href: string, text: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
pre { overflow: auto; padding: .75rem; border: 1px solid #8884; border-radius: 6px }
small { padding: 0 .5em; border-radius: 1em; border: 1px solid #8886 }
.success { color: #1a7f37 } .failure { color: #cf222e } .in_progress { color: #9a6700 }
</style>
<h1>${escapeHtml(title)}</h1>
${body}
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
