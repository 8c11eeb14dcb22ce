import { ArrowDown, ArrowUp, X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";

type Props = { fallbacks: string[]; onMove: (id: string, by: -1 | 1) => void; onRemove: (id: string) => void };

/** The models of a fallback chain in their order, each with its buttons. */
export function FallbackList({ fallbacks, onMove, onRemove }: Props) {
  return (
    <ol aria-label="Fallbacks" className="flex flex-col divide-y divide-border rounded-md border border-border">
      {fallbacks.map((id, index) => (
        <li key={id} className="flex items-center gap-1 py-1 pr-1 pl-3 text-sm">
          <span className="w-5 shrink-0 text-muted-foreground">{index + 1}.</span>
          <span className="min-w-0 flex-1 break-all">{id}</span>
          <IconButton id={moveButtonId(id, "up")} size="sm" label={`Move ${id} up`} disabled={index === 0} onClick={() => onMove(id, -1)}>
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton
            id={moveButtonId(id, "down")}
            size="sm"
            label={`Move ${id} down`}
            disabled={index === fallbacks.length - 1}
            onClick={() => onMove(id, 1)}
          >
            <ArrowDown aria-hidden />
          </IconButton>
          <IconButton size="sm" label={`Take ${id} out`} onClick={() => onRemove(id)}>
            <X aria-hidden />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}

/** The element id of a button, which keeps the focus when its model is moved. */
export const moveButtonId = (id: string, way: "up" | "down") => `fallback-${way}-${id}`;
