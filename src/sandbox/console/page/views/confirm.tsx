import type { ConfirmationDialog } from "@slack/types";
import { type ComponentChildren, createContext } from "preact";
import { useCallback, useContext, useRef, useState } from "preact/hooks";
import { PlainText, TextObject } from "../text/text-object.tsx";
import { Dialog } from "./dialog.tsx";

type Ask = (question: ConfirmationDialog) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(async () => true);

/** Asks a person as Slack's confirm object says: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function useConfirm(): Ask {
  return useContext(ConfirmContext);
}

export function ConfirmProvider({ children }: { children: ComponentChildren }) {
  const [question, setQuestion] = useState<ConfirmationDialog>();
  const answer = useRef<(yes: boolean) => void>(undefined);
  const ask = useCallback<Ask>((next) => {
    setQuestion(next);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const reply = (yes: boolean) => {
    setQuestion(undefined);
    answer.current?.(yes);
  };
  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      {question && (
        <Dialog title={question.title?.text ?? "Are you sure?"} class="confirm" onClose={() => reply(false)}>
          <div class="dialog-body text">
            <TextObject text={question.text} />
          </div>
          <footer class="dialog-footer">
            <button type="button" class="button default" onClick={() => reply(false)}>
              <PlainText text={question.deny?.text ?? "Cancel"} />
            </button>
            <button type="button" class={`button filled ${question.style ?? "primary"}`} onClick={() => reply(true)}>
              <PlainText text={question.confirm?.text ?? "Yes"} />
            </button>
          </footer>
        </Dialog>
      )}
    </ConfirmContext.Provider>
  );
}
