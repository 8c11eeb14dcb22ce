"use client";

import { countText } from "@/components/limits/limit-words";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { ActionResult } from "@/lib/core/action-result";
import type { CacheState, CacheSettings as Settings } from "@/lib/gateway/cache/contract";
import { CacheSettings, type SourcedSettings } from "./cache-settings";
import { cacheSizeText, cacheUseText } from "./cache-words";
import { RowAction } from "./row-action";

type Props = {
  state: CacheState;
  settings: SourcedSettings;
  /** Models that make embeddings, by their ids. */
  embeddingModels: string[];
  actions: {
    save: (input: Settings) => Promise<ActionResult<void>>;
    clear: (input: Record<string, never>) => Promise<ActionResult<void>>;
  };
};

const ask = {
  title: "Clear the answer cache?",
  description: "Every kept answer is forgotten. Equal calls ask their models again, which takes time and may cost money.",
};

/** The answers that are kept to be given again: how often that was of use, what they take, and how many may be kept for how long. */
export function CacheCard({ state, settings, embeddingModels, actions }: Props) {
  const { entries, bytes, maxBytes, models } = state;
  return (
    <Card aria-label="Answer cache">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <CardTitle>Answer cache</CardTitle>
          <CardDescription>
            The same call again is answered from here: with temperature 0 or a seed, and where a key or a model asks for it.
          </CardDescription>
        </div>
        {entries > 0 && <RowAction id="cache" label="Clear" run={() => actions.clear({})} done="The answer cache is empty." ask={ask} />}
      </div>
      {maxBytes === 0 ? (
        <p className="text-sm text-muted-foreground">The cache is off. Give it a size to keep answers.</p>
      ) : (
        <div className="flex flex-col gap-1.5">
          <Progress label="Used of the answer cache" value={bytes / maxBytes} />
          <p className="text-sm text-muted-foreground">
            {countText(entries)} {entries === 1 ? "answer" : "answers"}, {cacheSizeText(bytes)} of {cacheSizeText(maxBytes)}
          </p>
          <p className="text-sm text-muted-foreground">{cacheUseText(state)}</p>
        </div>
      )}
      {models.length > 1 && (
        <ul className="flex flex-col divide-y divide-border text-sm">
          {models.map((model) => (
            <li key={model.model} className="flex flex-wrap justify-between gap-x-4 py-2">
              <span className="min-w-0 truncate font-medium">{model.model}</span>
              <span className="text-muted-foreground">{cacheUseText(model)}</span>
            </li>
          ))}
        </ul>
      )}
      <CacheSettings settings={settings} embeddingModels={embeddingModels} save={actions.save} />
    </Card>
  );
}
