import { createForm } from "./create-form.ts";
import type { Form } from "./form.ts";
import { removeForm } from "./remove-form.ts";
import { undoForm } from "./undo-form.ts";

export const forms: Form[] = [createForm, undoForm, removeForm];
