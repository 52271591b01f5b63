import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ClientState } from "../../../slack/client-api.ts";
import { Icon } from "../icon.tsx";
import { complete, type Suggestion } from "./complete.ts";
import { Completions } from "./completions.tsx";

interface ComposerProps {
  client: ClientState;
  placeholder: string;
  onSend(text: string): void;
}

/** Where a person writes. Enter sends, Shift+Enter breaks the line, Arrow up in an empty one brings back what was sent. */
export function Composer({ client, placeholder, onSend }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const sent = useRef<string[]>([]);
  const completion = dismissed ? undefined : complete(text, caret, client);
  const suggestions = completion?.suggestions ?? [];

  const write = (next: string, at = next.length) => {
    setText(next);
    setCaret(at);
    setActive(0);
    setDismissed(false);
  };
  const choose = (suggestion: Suggestion) => {
    const start = text.slice(0, completion?.start ?? 0) + suggestion.insert;
    write(start + text.slice(caret).replace(/^ /, ""), start.length);
  };
  const send = () => {
    if (text.trim() === "") return;
    sent.current.push(text);
    onSend(text.trim());
    write("");
  };

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, innerHeight * 0.4)}px`;
    if (document.activeElement === element && element.selectionStart !== caret) element.setSelectionRange(caret, caret);
  }, [text, caret]);
  useEffect(() => {
    // On a touch screen the keyboard would cover what one came to read.
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, []);

  const key = (event: KeyboardEvent) => {
    const chosen = suggestions[active];
    if (chosen !== undefined && completion !== undefined) {
      // Enter on a command that is already typed in full sends it; Tab always completes.
      const isTyped = text.slice(completion.start).trim() === chosen.insert.trim();
      if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isTyped)) {
        event.preventDefault();
        return choose(chosen);
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        return setActive((active + step + suggestions.length) % suggestions.length);
      }
      if (event.key === "Escape") {
        event.preventDefault();
        return setDismissed(true);
      }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && text === "") {
      const last = sent.current.at(-1);
      if (last !== undefined) {
        event.preventDefault();
        write(last);
      }
    }
  };

  return (
    <div class="composer">
      {completion !== undefined && (
        <Completions id={listId} suggestions={suggestions} active={active} onChoose={choose} kind={completion.kind} />
      )}
      <div class="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={suggestions.length > 0 ? `${listId}-${active}` : undefined}
          onInput={(event) => write(event.currentTarget.value, event.currentTarget.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={key}
        />
        <button type="button" class="send" aria-label="Send" disabled={text.trim() === ""} onClick={send}>
          <Icon name="send" />
        </button>
      </div>
      <p class="composer-hint" aria-hidden="true">
        <kbd>/</kbd> commands <kbd>@</kbd> people <kbd>Enter</kbd> sends <kbd>Shift Enter</kbd> new line
      </p>
    </div>
  );
}
