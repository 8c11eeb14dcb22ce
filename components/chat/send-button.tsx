import { ArrowUp, Square } from "lucide-react";
import { Button } from "@/components/ui/button";

type Props = { canStop: boolean; canSend: boolean; onStop: () => void };

/** Sends; while a reply is being written, here or out of sight, stops it. Both have the same place. */
export function SendButton({ canStop, canSend, onStop }: Props) {
  if (canStop) {
    return (
      <Button key="stop" variant="secondary" aria-label="Stop" title="Stop (Esc)" className="size-8 rounded-full px-0" onClick={onStop}>
        <Square aria-hidden className="size-3! fill-current" />
      </Button>
    );
  }
  return (
    <Button
      key="send"
      type="submit"
      variant="primary"
      aria-label="Send"
      title="Send (Enter)"
      disabled={!canSend}
      className="size-8 rounded-full px-0"
    >
      <ArrowUp aria-hidden />
    </Button>
  );
}
