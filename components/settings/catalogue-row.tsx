import { memoryText, sizeText } from "@/components/models/size-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { CatalogueChoice, EmbeddedState } from "@/lib/gateway/embedded/contract";

type Props = { choice: CatalogueChoice; embedded: EmbeddedState; isLocked: boolean; onChoose: () => void };

/** One model of the catalogue: what it is, whether it fits here, and the click that chooses it. */
export function CatalogueRow({ choice, embedded, isLocked, onChoose }: Props) {
  const { label, description, sizeBytes, minimumMemoryBytes, licence, fits, recommended, downloaded } = choice;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          {label}
          {recommended && <Badge tone="accent">Recommended</Badge>}
          {!fits && <Badge tone="warning">Needs {memoryText(minimumMemoryBytes)}</Badge>}
        </p>
        <p className="text-sm text-muted-foreground">{description}</p>
        <p className="text-xs text-muted-foreground">
          {sizeText(sizeBytes)} · {licence}
        </p>
      </div>
      <ChoiceState choice={choice} embedded={embedded} />
      {!isInUse(choice, embedded) && !isComing(choice, embedded) && (
        <Button size="sm" disabled={isLocked || !fits} onClick={onChoose} aria-label={`${downloaded ? "Use" : "Get"} ${label}`}>
          {downloaded ? "Use" : "Get"}
        </Button>
      )}
    </li>
  );
}

function ChoiceState({ choice, embedded }: Pick<Props, "choice" | "embedded">) {
  if (isInUse(choice, embedded)) return <Badge tone="success">In use</Badge>;
  return isComing(choice, embedded) ? <Badge>On its way</Badge> : null;
}

const isInUse = (choice: CatalogueChoice, { model, status }: EmbeddedState) => status === "ready" && model?.name === choice.name;
const isComing = (choice: CatalogueChoice, { download }: EmbeddedState) => download?.name === choice.name && download.state !== "failed";
