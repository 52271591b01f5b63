import { useState } from "preact/hooks";
import type { CallView } from "../../world-view.ts";
import { Each } from "../each.tsx";

const PARTS = ["all", "slack", "github", "registry", "git", "cluster"] as const;

/** What the bot and the cluster asked of the sandbox, newest first. */
export function Calls({ calls }: { calls: CallView[] }) {
  const [part, setPart] = useState<(typeof PARTS)[number]>("all");
  const found = calls.filter((call) => part === "all" || call.part === part).toReversed();
  return (
    <>
      <div class="segments" role="radiogroup" aria-label="Part">
        {PARTS.map((name) => (
          <label key={name}>
            <input type="radio" name="part" checked={part === name} onChange={() => setPart(name)} />
            <span class="segment">{name}</span>
          </label>
        ))}
      </div>
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Part</th>
            <th scope="col">Call</th>
            <th scope="col">Status</th>
            <th scope="col" class="align-right">
              ms
            </th>
          </tr>
        </thead>
        <tbody>
          <Each of={found}>
            {({ at, part, method, path, status, milliseconds, covered }) => (
              <tr class={covered ? "" : "uncovered"}>
                <td class="quiet">
                  <time>{new Date(at).toLocaleTimeString("en-GB")}</time>
                </td>
                <td>{part}</td>
                <td>
                  <code>
                    {method} {path}
                  </code>{" "}
                  {!covered && <span class="state failed">not covered</span>}
                </td>
                <td>
                  <span class={`status status-${Math.floor(status / 100)}`}>{status}</span>
                </td>
                <td class="align-right quiet">{Math.round(milliseconds)}</td>
              </tr>
            )}
          </Each>
        </tbody>
      </table>
      {found.length === 0 && <p class="place-empty">No call yet.</p>}
    </>
  );
}
