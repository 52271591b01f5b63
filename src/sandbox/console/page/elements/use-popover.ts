import type { RefObject } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

const MARGIN = 8;

export interface Popover {
  anchor: RefObject<HTMLButtonElement | null>;
  popover: RefObject<HTMLDivElement | null>;
  open: boolean;
  show(): void;
  hide(): void;
}

/** A menu on the top layer beside what opened it: the browser closes it on Escape and on a press elsewhere. */
export function usePopover(align: "start" | "end" = "start"): Popover {
  const anchor = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const element = popover.current;
    const told = (event: ToggleEvent) => setOpen(event.newState === "open");
    element?.addEventListener("toggle", told);
    return () => element?.removeEventListener("toggle", told);
  }, []);

  const show = useCallback(() => {
    const [menu, by] = [popover.current, anchor.current?.getBoundingClientRect()];
    if (menu === null || by === undefined || menu.matches(":popover-open")) return;
    menu.showPopover();
    menu.style.minWidth = `${Math.min(by.width, innerWidth - 2 * MARGIN)}px`;
    const { offsetHeight: height, offsetWidth: width } = menu;
    const below = by.bottom + 4 + height + MARGIN <= innerHeight || by.top < height + MARGIN;
    const left = align === "start" ? by.left : by.right - width;
    menu.style.top = `${below ? Math.min(by.bottom + 4, innerHeight - height - MARGIN) : by.top - height - 4}px`;
    menu.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
    setOpen(true);
  }, [align]);

  const hide = useCallback(() => {
    if (popover.current?.matches(":popover-open")) popover.current.hidePopover();
    anchor.current?.focus();
  }, []);

  return { anchor, popover, open, show, hide };
}
