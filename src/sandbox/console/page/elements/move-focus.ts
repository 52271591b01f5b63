/** Arrows, Home and End in a menu of buttons. */
export function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("button:not(:disabled), a[href]")];
  const at = items.indexOf(document.activeElement as HTMLElement); // only compared, never used as one
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
