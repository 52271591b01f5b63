import { useState } from "preact/hooks";
import type { ObjectView } from "../../world-view.ts";

const KNOWN = ["ready", "progressing", "failed"];

/** The cluster's objects, by kind, as `kubectl get` would name them. */
export function Objects({ objects }: { objects: ObjectView[] }) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const found = objects.filter(({ kind, namespace = "", name }) =>
    `${kind} ${namespace}/${name}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <input
        class="input drawer-filter"
        type="search"
        aria-label="Filter objects"
        placeholder="Filter by kind, namespace or name"
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Namespace</th>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col">Message</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ kind, namespace, name, state, message }) => (
            <tr key={`${kind}/${namespace}/${name}`}>
              <td>{kind}</td>
              <td class="quiet">{namespace}</td>
              <td>
                <code>{name}</code>
              </td>
              <td>
                <span class={KNOWN.includes(state) ? `state ${state}` : "state"}>{state}</span>
              </td>
              <td class="grid-message" title={message}>
                {message}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && (
        <p class="place-empty">{objects.length === 0 ? "The cluster is empty." : "Nothing matches."}</p>
      )}
    </>
  );
}
