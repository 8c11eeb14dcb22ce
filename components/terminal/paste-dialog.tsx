import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent } from "@/components/ui/dialog";

type Props = { text: string; onPaste: () => void; onClose: () => void; onReturn: () => void };

/** What of it is shown, so that the buttons stay on the screen. */
const mostLines = 12;
const longestLine = 200;

/** Asks before several lines are pasted: a shell runs each of them as soon as it comes. */
export function PasteDialog({ text, onPaste, onClose, onReturn }: Props) {
  const lines = text.replace(/[\r\n]+$/, "").split(/\r\n|\r|\n/);
  const shown = lines
    .slice(0, mostLines)
    .map((line) => line.slice(0, longestLine))
    .join("\n");
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={lines.length === 1 ? "Paste a whole line?" : `Paste ${lines.length} lines?`}
        description="The shell may run each line at once."
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onReturn();
        }}
      >
        <pre className="rounded-md bg-muted px-3 py-2 font-mono text-xs break-all whitespace-pre-wrap">
          {shown}
          {lines.length > mostLines && `\n… and ${lines.length - mostLines} more`}
        </pre>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={onPaste}>
            Paste
          </Button>
        </DialogActions>
      </DialogContent>
    </Dialog>
  );
}
