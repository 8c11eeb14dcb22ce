import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { fieldStyle } from "@/components/ui/input";
import { cn } from "@/lib/core/class-names";

const field = cn(fieldStyle, "h-8 px-2 text-sm");
const labelled = "flex min-w-0 flex-col gap-1 text-xs text-muted-foreground sm:w-44";

type Props = {
  /** What the form is called. */
  label: string;
  /** Where its result is. */
  path: string;
  /** What is looked at now; a field that it has and the form does not stays as it is, when it is among `kept`. */
  view: { [name: string]: string | undefined };
  kept?: readonly string[];
  /** The same view without what the form narrows it by, where it does. */
  clearHref?: string;
  children: ReactNode;
};

/** Narrows a list by what can be typed or chosen. A plain form, so that its result is a link. Two fields side by side on a phone. */
export function FilterForm({ label, path, view, kept = [], clearHref, children }: Props) {
  return (
    <form
      key={JSON.stringify(view)}
      action={path}
      method="get"
      aria-label={label}
      className="grid grid-cols-2 items-end gap-3 text-sm sm:flex sm:flex-wrap"
    >
      {kept
        .filter((name) => view[name] !== undefined)
        .map((name) => (
          <input key={name} type="hidden" name={name} value={view[name]} />
        ))}
      {children}
      <Button type="submit">Apply</Button>
      {clearHref !== undefined && (
        <Button asChild variant="quiet">
          <Link href={clearHref}>Clear</Link>
        </Button>
      )}
    </form>
  );
}

/** A text to narrow by. */
export function FilterWords({ name, label, value, maxLength = 200 }: { name: string; label: string; value?: string; maxLength?: number }) {
  return (
    <label className={labelled}>
      {label}
      <input name={name} defaultValue={value} maxLength={maxLength} autoComplete="off" spellCheck={false} className={field} />
    </label>
  );
}

type ChoiceProps = { name: string; label: string; value?: string; any?: string; children: ReactNode };

/** One of some `options`, or any. */
export function FilterChoice({ name, label, value, any = "Any", children }: ChoiceProps) {
  return (
    <label className={labelled}>
      {label}
      <select name={name} defaultValue={value ?? ""} className={field}>
        <option value="">{any}</option>
        {children}
      </select>
    </label>
  );
}

/** Options by their values, in the words that people read. */
export function FilterOptions({ choices }: { choices: readonly (readonly [value: string, text: string])[] }) {
  return choices.map(([value, text]) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}
