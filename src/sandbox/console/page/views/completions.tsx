import type { Completion, Suggestion } from "./complete.ts";

const TITLES = { command: "Commands", usage: "Usage", person: "People", channel: "Channels", emoji: "Emoji" };

/** The list above the composer; the composer keeps the focus and takes the keys. */
export function Completions(props: {
  id: string;
  kind: Completion["kind"];
  suggestions: Suggestion[];
  active: number;
  onChoose(suggestion: Suggestion): void;
}) {
  const { id, kind, suggestions, active, onChoose } = props;
  return (
    <div class="completions">
      <p class="completions-title" aria-hidden="true">
        {TITLES[kind]}
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Tab</kbd> complete <kbd>Esc</kbd> close
        </span>
      </p>
      <div role="listbox" id={id} aria-label={TITLES[kind]} tabIndex={-1}>
        {suggestions.map((suggestion, index) => (
          <div
            key={suggestion.label}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            class={index === active ? "option active" : "option"}
            onMouseDown={(event) => {
              event.preventDefault(); // The composer keeps the focus.
              onChoose(suggestion);
            }}
          >
            {suggestion.icon !== undefined && <span class="emoji">{suggestion.icon}</span>}
            <strong>{suggestion.label}</strong>
            {suggestion.detail && <span class="completion-detail">{suggestion.detail}</span>}
            <small>{suggestion.hint}</small>
          </div>
        ))}
      </div>
    </div>
  );
}
