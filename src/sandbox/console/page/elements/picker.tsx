import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Option, OptionGroup, Suggestions } from "../client/create-client.ts";
import { Icon } from "../icon.tsx";
import { TextObject } from "../text/text-object.tsx";
import { usePopover } from "./use-popover.ts";

/** How long a person has paused before the app is asked for options. */
const PAUSE = 200;

interface PickerProps {
  label: string;
  placeholder: string;
  groups: OptionGroup[];
  chosen: Option[];
  multiple: boolean;
  most?: number;
  invalid?: boolean;
  onChange(options: Option[]): void;
  /** Options that the app is asked for as the person types. */
  load?(query: string): Promise<Suggestions>;
  minQueryLength: number;
}

/** A button that shows what is chosen, and a list with a filter to choose from. */
export function Picker(props: PickerProps) {
  const { label, placeholder, chosen, multiple, most, invalid, onChange } = props;
  const { anchor, popover, open, show, hide } = usePopover();
  const filter = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const { groups, hint } = useOptions(props, query, open);
  const options = groups.flatMap((group) => group.options);
  const isChosen = (option: Option) => chosen.some(({ value }) => value === option.value);

  const start = () => {
    setQuery("");
    setActive(0);
    show();
    filter.current?.focus();
  };
  const choose = (option: Option) => {
    if (!multiple) {
      onChange([option]);
      hide();
    } else if (isChosen(option)) onChange(chosen.filter(({ value }) => value !== option.value));
    else if (most === undefined || chosen.length < most) onChange([...chosen, option]);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((at) => (options.length === 0 ? 0 : (at + step + options.length) % options.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = options[active];
      if (option !== undefined) choose(option);
    }
  };
  useEffect(() => {
    if (open) popover.current?.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }, [open, popover, active]);

  return (
    <div class={multiple ? "picker multiple" : "picker"}>
      {multiple &&
        chosen.map((option) => (
          <span class="chip" key={option.value}>
            {option.text.text}
            <button type="button" aria-label={`Remove ${option.text.text}`} onClick={() => choose(option)}>
              <Icon name="close" />
            </button>
          </span>
        ))}
      <button
        type="button"
        class={invalid ? "picker-button invalid" : "picker-button"}
        ref={anchor}
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={open}
        onClick={start}
      >
        {!multiple && chosen[0] ? (
          <span class="picker-chosen">{chosen[0].text.text}</span>
        ) : (
          <span class="picker-placeholder">{placeholder}</span>
        )}
        <Icon name="chevron" />
      </button>
      <div class="popover picker-list" popover="auto" ref={popover}>
        <input
          ref={filter}
          class="picker-filter"
          type="text"
          role="combobox"
          aria-label={`Filter: ${label}`}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={`${listId}-${active}`}
          placeholder="Type to filter"
          autocomplete="off"
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={key}
        />
        <div role="listbox" id={listId} aria-label={label} aria-multiselectable={multiple} tabIndex={-1}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox is this role
            <div key={group.label.text} role="group" aria-label={group.label.text || label}>
              {group.label.text !== "" && <div class="picker-group">{group.label.text}</div>}
              {group.options.map((option) => (
                // The combobox above takes the keys; pressing is for the pointer.
                // biome-ignore lint/a11y/useKeyWithClickEvents: see above
                <div
                  key={option.value}
                  id={`${listId}-${options.indexOf(option)}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={isChosen(option)}
                  class={options.indexOf(option) === active ? "option active" : "option"}
                  onClick={() => choose(option)}
                >
                  <span>
                    <TextObject text={option.text} />
                    {option.description && <small>{option.description.text}</small>}
                  </span>
                  {isChosen(option) && <Icon name="check" />}
                </div>
              ))}
            </div>
          ))}
          {hint !== undefined && <p class="picker-hint">{hint}</p>}
        </div>
      </div>
    </div>
  );
}

function useOptions({ groups, load, minQueryLength }: PickerProps, query: string, open: boolean) {
  const [loaded, setLoaded] = useState<OptionGroup[]>();
  const loader = useRef(load);
  loader.current = load;
  const asks = open && load !== undefined && query.length >= minQueryLength;
  useEffect(() => {
    if (!asks) return setLoaded(undefined);
    let stale = false;
    const timer = setTimeout(async () => {
      const answer = await loader.current?.(query).catch(() => undefined);
      if (!stale) setLoaded(answer?.option_groups ?? [{ label: { text: "" }, options: answer?.options ?? [] }]);
    }, PAUSE);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asks, query]);

  if (load === undefined) {
    const wanted = query.trim().toLowerCase();
    const found = groups
      .map((group) => ({
        ...group,
        options: group.options.filter(({ text }) => text.text.toLowerCase().includes(wanted)),
      }))
      .filter(({ options }) => options.length > 0);
    return { groups: found, hint: found.length === 0 ? "Nothing matches" : undefined };
  }
  if (!asks) return { groups: [], hint: `Type ${minQueryLength} or more characters` };
  if (loaded === undefined) return { groups: [], hint: "Looking…" };
  return { groups: loaded, hint: loaded.every(({ options }) => options.length === 0) ? "Nothing matches" : undefined };
}
