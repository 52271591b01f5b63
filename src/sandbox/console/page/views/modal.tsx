import { useState } from "preact/hooks";
import type { ClientView } from "../../../slack/client-api.ts";
import { Blocks } from "../blocks/blocks.tsx";
import type { Session } from "../session.ts";
import { SurfaceContext } from "../surface.ts";
import { PlainText } from "../text/text-object.tsx";
import { Dialog } from "./dialog.tsx";
import { useViewSurface } from "./use-view-surface.ts";

/** A modal view: https://docs.slack.dev/surfaces/modals */
export function Modal({ view, session }: { view: ClientView; session: Session }) {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const { surface, values } = useViewSurface(view, session, errors);
  const close = () => session.closeModal(view.id);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    const answer = await session.submit(view.id, values);
    setBusy(false);
    setErrors(answer?.errors ?? {});
  };
  return (
    <Dialog title={view.title?.text ?? ""} class="modal" onClose={close}>
      <form onSubmit={submit} noValidate>
        <div class="dialog-body">
          <SurfaceContext.Provider value={surface}>
            <Blocks blocks={view.blocks} />
          </SurfaceContext.Provider>
        </div>
        <footer class="dialog-footer">
          <button type="button" class="button default" onClick={close}>
            <PlainText text={view.close?.text ?? "Cancel"} />
          </button>
          {view.submit && (
            <button type="submit" class="button filled primary" aria-busy={busy} disabled={busy}>
              <PlainText text={view.submit.text} />
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
