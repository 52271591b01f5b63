/** What an element is told of the block that holds it. */
export interface ElementProps<E> {
  element: E;
  blockId: string;
  /** What the input is called, for those who hear it. */
  label?: string;
  invalid?: boolean;
  /** False in an input block without dispatch_action: then a change is only kept for the submission. */
  dispatches?: boolean;
}
