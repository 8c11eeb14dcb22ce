import { Button } from "@/components/ui/button";

type Props = {
  canDecide: boolean;
  isDeciding: boolean;
  hasShortcut: boolean;
  onApprove: () => void;
  onEdit: () => void;
  onReject: () => void;
};

/** What can be done with a call that waits. */
export function ApprovalButtons({ canDecide, isDeciding, hasShortcut, onApprove, onEdit, onReject }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        variant="primary"
        disabled={!canDecide}
        aria-keyshortcuts={hasShortcut ? "Control+Enter Meta+Enter" : undefined}
        onClick={onApprove}
      >
        Approve
      </Button>
      <Button disabled={!canDecide} onClick={onEdit}>
        Edit
      </Button>
      <Button disabled={!canDecide} onClick={onReject}>
        Reject
      </Button>
      <span role="status" className="text-xs text-muted-foreground">
        {isDeciding ? "Sending your decision…" : ""}
      </span>
      {hasShortcut && !isDeciding && <kbd className="ml-auto text-xs text-muted-foreground max-sm:hidden">Ctrl/⌘ + Enter approves</kbd>}
    </div>
  );
}
