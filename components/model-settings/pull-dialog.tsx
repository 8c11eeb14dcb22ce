"use client";

import { Download } from "lucide-react";
import { type FormEvent, useState } from "react";
import { KeySelect } from "@/components/settings/key-select";
import { useDialogSubmit } from "@/components/settings/use-dialog-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { LibraryModel, ModelActions, Pulling } from "./model-types";

type Props = { pulling: Pulling; pull: ModelActions["pullModel"]; onPulling: () => Promise<void> };

/** The button and the dialog that have an Ollama download a model. The download goes on when the dialog, or the page, is closed. */
export function PullDialog({ pulling, pull, onPulling }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button>
          <Download aria-hidden />
          Pull a model
        </Button>
      </DialogTrigger>
      <DialogContent title="Pull a model" description="An Ollama downloads it. It goes on when this page is closed.">
        <PullForm
          pulling={pulling}
          pull={pull}
          onPulling={async () => {
            await onPulling();
            setIsOpen(false);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

function PullForm({ pulling: { targets, library }, pull, onPulling }: Props) {
  const [name, setName] = useState("");
  const { submit, isBusy, problem, formRef } = useDialogSubmit(pull);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const upstreamId = String(new FormData(event.currentTarget).get("upstreamId") ?? "") || undefined;
    if (await submit({ name: name.trim(), upstreamId })) await onPulling();
  };
  const fault = problem?.fields.name ?? problem?.fields["body.name"];
  return (
    <form ref={formRef} method="post" className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
      <Field id="name" label="Name" hint="As llama3.2:3b, or hf.co/someone/model for one of Hugging Face." error={fault}>
        <Input
          id="name"
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          aria-invalid={fault !== undefined}
          aria-describedby={describedBy("name")}
        />
      </Field>
      <Suggestions library={library} query={name} onPick={setName} />
      {targets.length > 1 && (
        <KeySelect
          name="upstreamId"
          label="To"
          choices={Object.fromEntries(targets.map((target) => [target.id, target.name]))}
          initial={targets[0]?.id ?? ""}
        />
      )}
      {problem && !fault && (
        <Banner tone="danger" role="alert">
          {problem.detail}
        </Banner>
      )}
      <DialogActions>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? "Asking…" : "Pull"}
        </Button>
      </DialogActions>
    </form>
  );
}

const mostShown = 6;

/** Well-known models that the words so far find. */
function Suggestions({ library, query, onPick }: { library: LibraryModel[]; query: string; onPick: (name: string) => void }) {
  const words = query
    .toLowerCase()
    .split(/[\s:]+/)
    .filter(Boolean);
  const found = library.filter(({ name, about, sizes }) => {
    const text = [name, about, ...sizes].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <section aria-label="Well-known models" className="flex flex-col gap-1">
      <p className="text-xs text-muted-foreground">
        Ollama has no search: these are well-known models of its library. Any other is pulled by its name.
      </p>
      <ul className="flex flex-col divide-y divide-border">
        {found.slice(0, mostShown).map(({ name, sizes, about }) => (
          <li key={name} className="flex flex-col gap-1 py-1.5 text-sm">
            <span>
              {name} <span className="text-muted-foreground">{about}</span>
            </span>
            <span className="flex flex-wrap gap-1">
              {(sizes.length > 0 ? sizes.map((size) => `${name}:${size}`) : [name]).map((id) => (
                <Button key={id} size="sm" aria-label={`Choose ${id}`} onClick={() => onPick(id)}>
                  {id.split(":")[1] ?? "latest"}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
