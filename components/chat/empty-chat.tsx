"use client";

import { useModels } from "@/components/models/models-context";

const starters = [
  "Explain how a hash table works, with a small example",
  "Draft a short, friendly note to decline a meeting",
  "What is 17.5 % of 2,340, and how do I work it out by hand?",
  "Give me a plan for learning the basics of SQL in a week",
];

/** A chat before its first message: a quiet greeting and some ways to begin. */
export function EmptyChat({ onPick }: { onPick: (text: string) => void }) {
  const { fallbackModelId } = useModels();
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="m-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-8 md:px-6">
        <p className="text-2xl font-semibold tracking-tight">What can I help with?</p>
        <ul aria-label="Ways to begin" className="grid gap-2 sm:grid-cols-2">
          {starters.map((text) => (
            <li key={text}>
              <button
                type="button"
                disabled={fallbackModelId === null}
                onClick={() => onPick(text)}
                className="pressable h-full w-full rounded-lg border border-border px-3.5 py-2.5 text-left text-sm text-muted-foreground hover:bg-hover hover:text-foreground active:bg-selected disabled:pointer-events-none"
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
