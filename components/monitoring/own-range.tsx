"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { fieldStyle } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { cn } from "@/lib/core/class-names";
import { type LinkedView, viewHref } from "./view-href";

type Props = { path: string; view: LinkedView; shown: { from: string; to: string }; isChosen: boolean };

/** Asks for a beginning and an end by the reader's clock. The link holds the moments, so that it is right in every time zone. */
export function OwnRange({ path, view, shown, isChosen }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const router = useRouter();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, to] = [form.get("from"), form.get("to")].map((text) => new Date(String(text)));
    if (!from || !to || !(from < to)) return setError("The end must be after the beginning.");
    setError(null);
    setOpen(false);
    router.push(viewHref(path, view, { from: from.toISOString(), to: to.toISOString() }), { scroll: false });
  }
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          className={cn(
            "pressable flex h-7 items-center rounded-sm px-2.5 text-sm text-muted-foreground hover:bg-hover hover:text-foreground",
            isChosen && "bg-selected text-foreground",
          )}
        >
          Custom
        </button>
      </PopoverTrigger>
      <PopoverContent aria-label="Time range of your own" align="start" className="w-64 p-3">
        <form onSubmit={submit} className="flex flex-col gap-3 text-sm">
          <Moment name="from" label="From" value={shown.from} />
          <Moment name="to" label="To" value={shown.to} />
          {error && (
            <p role="alert" className="text-destructive">
              {error}
            </p>
          )}
          <Button type="submit" variant="primary">
            Show
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}

function Moment({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label className="flex flex-col gap-1">
      {label}
      <input type="datetime-local" name={name} required defaultValue={localText(value)} className={cn(fieldStyle, "h-9 px-2 text-sm")} />
    </label>
  );
}

/** A moment as the field wants it. */
function localText(iso: string): string {
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
