import type { Locator } from "playwright-core";

/** By label: text for an input, an option's name for a select or radio buttons, several for checkboxes and multi-selects. */
export type ModalValues = Record<string, string | string[]>;

export async function fillModal(modal: Locator, values: ModalValues): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    // The legend of an optional input goes on with "(optional)".
    const group = modal.locator("fieldset").filter({ has: modal.page().locator("legend", { hasText: label }) });
    const boxes = group.locator("input[type=checkbox]");
    if ((await boxes.count()) > 0) await setBoxes(group, boxes, [value].flat());
    else if ((await group.locator("input[type=radio]").count()) > 0) await group.getByLabel(String(value)).check();
    else if ((await group.locator(".picker-button").count()) > 0) await pick(group, [value].flat());
    else await group.locator("input.input, textarea.input").fill(String(value));
  }
}

async function setBoxes(group: Locator, boxes: Locator, wanted: string[]): Promise<void> {
  for (const box of await boxes.all()) await box.uncheck();
  for (const name of wanted) await group.getByLabel(name).check();
}

async function pick(group: Locator, wanted: string[]): Promise<void> {
  await group.locator(".picker-button").click();
  for (const name of wanted) {
    await group.getByRole("combobox").fill(name);
    await group.getByRole("option", { name }).first().click();
  }
  // A menu of several stays open until it is told to close, and Escape would be the modal's otherwise.
  if (await group.getByRole("listbox").isVisible()) await group.getByRole("combobox").press("Escape");
}
