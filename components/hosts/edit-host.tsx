"use client";

import { NumberField, numberIn } from "@/components/limits/number-field";
import { RuleDialog } from "@/components/limits/rule-dialog";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { HostActions, HostChange, HostProps } from "./host-types";

/** The form that changes a host; of one that the environment sets, only how many calls it gets at once. */
export function EditHost({ host, change }: Pick<HostProps, "host"> & { change: HostActions["changeHost"] }) {
  const isSaved = host.source === "saved";
  const read = (form: FormData): HostChange => {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const key = form.get("dropKey") ? null : text("apiKey") || undefined;
    const address = text("baseUrl");
    return {
      id: host.id,
      maxParallel: numberIn(form, "maxParallel"),
      ...(isSaved && { baseUrl: address && address !== host.baseUrl ? address : undefined, apiKey: key }),
    };
  };
  return (
    <RuleDialog
      trigger={
        <Button size="sm" aria-label={`Edit ${host.name}`}>
          Edit
        </Button>
      }
      title={`Edit ${host.name}`}
      description={isSaved ? undefined : "Its address and key are set elsewhere, and change there."}
      done={`${host.name} is changed.`}
      read={read}
      save={change}
      fields={(faults) => (
        <>
          {isSaved && <AddressAndKey host={host} faults={faults} />}
          <NumberField
            name="maxParallel"
            label="Calls at once to one model"
            max={1_024}
            placeholder="As Hearth finds out"
            initial={host.maxParallelSource === "saved" ? host.maxParallel : null}
            error={faults.maxParallel}
          />
        </>
      )}
    />
  );
}

function AddressAndKey({ host, faults }: Pick<HostProps, "host"> & { faults: Record<string, string> }) {
  const about = (id: string) => ({ id, name: id, "aria-invalid": faults[id] !== undefined, "aria-describedby": describedBy(id) });
  return (
    <>
      <Field
        id="baseUrl"
        label="Address"
        hint="At a new address the stored key is forgotten: it was not entered for that."
        error={faults.baseUrl}
      >
        <Input {...about("baseUrl")} required inputMode="url" maxLength={500} autoComplete="off" defaultValue={host.baseUrl ?? ""} />
      </Field>
      <Field id="apiKey" label="New key" hint={host.hasKey ? "Empty, the stored one stays." : "None is stored."} error={faults.apiKey}>
        <Input {...about("apiKey")} type="password" maxLength={500} autoComplete="off" />
      </Field>
      {host.hasKey && <Checkbox name="dropKey" label="Forget the stored key" />}
    </>
  );
}
