import { X } from "lucide-react";
import Link from "next/link";
import { filterNames, type View } from "@/lib/monitoring/overview/contract";
import { outcomeText, purposeText, reasonText } from "./call-words";
import { viewHref } from "./view-href";

const names = { model: "Model", user: "Person", key: "Key", purpose: "Purpose", host: "Host", outcome: "Outcome", reason: "Failure" };

type Props = { path: string; view: View; labels: Record<string, string> };

/** What the calls are narrowed to, each with the way back. `labels` are what people know ids by. */
export function FilterChips({ path, view, labels }: Props) {
  const chosen = filterNames.flatMap((name) => (view[name] === undefined ? [] : [{ name, value: view[name] }]));
  if (chosen.length === 0) return null;
  const text = (name: (typeof filterNames)[number], value: string) => {
    if (name === "purpose") return purposeText(value);
    if (name === "outcome") return outcomeText(value, "");
    if (name === "reason") return reasonText(value);
    return labels[value] ?? (value || "None");
  };
  return (
    <ul aria-label="Filters" className="flex flex-wrap gap-2">
      {chosen.map(({ name, value }) => (
        <li key={name} className="flex h-7 max-w-full items-center gap-1 rounded-md bg-muted pl-2 text-sm">
          <span className="text-muted-foreground">{names[name]}</span>
          <span className="truncate">{name === "outcome" && value === "failed" ? "Failed" : text(name, value)}</span>
          <Link
            href={viewHref(path, view, { [name]: null })}
            aria-label={`Remove the filter ${names[name]}`}
            className="pressable flex size-7 shrink-0 items-center justify-center rounded-md text-muted-foreground hover:bg-hover hover:text-foreground"
          >
            <X aria-hidden className="size-3.5" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
