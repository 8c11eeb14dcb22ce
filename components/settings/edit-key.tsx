"use client";

import { RuleDialog } from "@/components/limits/rule-dialog";
import { Button } from "@/components/ui/button";
import type { ApiKey } from "@/lib/auth/keys/contract";
import { KeyCacheFields } from "./key-cache-fields";
import { KeyName } from "./key-name";
import type { KeyActions } from "./key-types";
import { readCacheFields } from "./read-key-form";

type Props = { apiKey: ApiKey; change: KeyActions["changeKey"] };

/** The form that renames a key and changes how its calls use the cache. The rest of a key stays as it was made. */
export function EditKey({ apiKey, change }: Props) {
  const { id, name } = apiKey;
  return (
    <RuleDialog
      trigger={
        <Button size="sm" aria-label={`Edit ${name}`}>
          Edit
        </Button>
      }
      title={`Edit ${name}`}
      description="What it may use, and how much, stays as it was made."
      done="The key is changed."
      read={(form) => ({ id, name: String(form.get("name")), ...readCacheFields(form) })}
      save={change}
      fields={(faults) => (
        <>
          <KeyName initial={name} error={faults.name} />
          <KeyCacheFields initial={apiKey} error={faults.similarity} />
        </>
      )}
    />
  );
}
