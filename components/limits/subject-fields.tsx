"use client";

import { useState } from "react";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import type { Limit, SubjectChoices } from "@/lib/gateway/limits/contract";

type Kind = Limit["subjectKind"];
type Props = { choices: SubjectChoices; error?: string };

const kinds: Record<Kind, string> = { everyone: "Everyone", user: "A person", group: "A group", key: "An API key", model: "A model" };

/** Whom a limit or budget is for: a kind, then who of that kind. */
export function SubjectFields({ choices, error }: Props) {
  const [kind, setKind] = useState<Kind>("everyone");
  const lists = { user: choices.people, group: choices.groups, key: choices.keys };
  return (
    <>
      <Field id="subjectKind" label="For" error={kind === "everyone" ? error : undefined}>
        <Select name="subjectKind" value={kind} onValueChange={(value) => setKind(value as Kind)}>
          <SelectTrigger id="subjectKind" />
          <SelectContent>
            {Object.entries(kinds).map(([value, label]) => (
              <SelectItem key={value} value={value}>
                {label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
      {kind === "model" && <ModelField models={choices.models} error={error} />}
      {(kind === "user" || kind === "group" || kind === "key") && <NamedField key={kind} kind={kind} list={lists[kind]} error={error} />}
    </>
  );
}

const labels = { user: "Person", group: "Group", key: "API key" };
const none = { user: "There is nobody yet.", group: "There is no group yet. Make one below.", key: "There is no API key yet." };

function NamedField({ kind, list, error }: { kind: keyof typeof labels; list: { id: string; name: string }[]; error?: string }) {
  const isEmpty = list.length === 0;
  return (
    <Field id="subjectId" label={labels[kind]} error={error} hint={isEmpty ? none[kind] : undefined}>
      <Select name="subjectId" defaultValue={list[0]?.id} disabled={isEmpty}>
        <SelectTrigger id="subjectId" placeholder="None" aria-describedby={error || isEmpty ? describedBy("subjectId") : undefined} />
        <SelectContent>
          {list.map(({ id, name }) => (
            <SelectItem key={id} value={id}>
              {name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </Field>
  );
}

/** Free text, because a model may have limits before a host has it. */
function ModelField({ models, error }: { models: string[]; error?: string }) {
  return (
    <Field id="subjectId" label="Model" hint="Its id, as in ollama/llama3.2:3b." error={error}>
      <Input
        id="subjectId"
        name="subjectId"
        list="limit-models"
        required
        maxLength={200}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={describedBy("subjectId")}
      />
      <datalist id="limit-models">
        {models.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </Field>
  );
}
