"use client";

import { useState } from "react";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { type HostKind, hostKinds } from "./host-types";

type Rules = { address: string; isAddressNeeded: boolean; key: "needed" | "optional" };

const rules: Record<HostKind, Rules> = {
  ollama: { address: "http://192.168.1.20:11434", isAddressNeeded: true, key: "optional" },
  openai: { address: "https://api.openai.com/v1", isAddressNeeded: false, key: "needed" },
  anthropic: { address: "https://api.anthropic.com/v1", isAddressNeeded: false, key: "needed" },
  google: { address: "https://generativelanguage.googleapis.com/v1beta", isAddressNeeded: false, key: "needed" },
  "openai-compatible": { address: "http://192.168.1.20:8000/v1", isAddressNeeded: true, key: "optional" },
};

const nameHint = (kind: HostKind) =>
  kind === "openai-compatible"
    ? "As in vllm, whose models are vllm/…. Servers with the same models share them as vllm@a and vllm@b."
    : "Letters, digits, dots and dashes, as in gpu-box.";

/** Kind, name, address and key of a host. What a kind does not need may stay empty. */
export function HostFields({ faults }: { faults: Record<string, string> }) {
  const [kind, setKind] = useState<HostKind>("ollama");
  const { address, isAddressNeeded, key } = rules[kind];
  const about = (id: string) => ({ id, name: id, "aria-invalid": faults[id] !== undefined, "aria-describedby": describedBy(id) });
  return (
    <>
      <Field id="kind" label="Kind" error={faults.kind}>
        <Select name="kind" value={kind} onValueChange={(value) => setKind(value as HostKind)}>
          <SelectTrigger id="kind" />
          <SelectContent>
            {Object.entries(hostKinds).map(([value, label]) => (
              <SelectItem key={value} value={value}>
                {label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
      <Field id="name" label="Name" hint={nameHint(kind)} error={faults.name}>
        <Input {...about("name")} required maxLength={40} autoComplete="off" />
      </Field>
      <Field
        id="baseUrl"
        label={isAddressNeeded ? "Address" : "Address (when it is not the usual one)"}
        hint={`As in ${address}`}
        error={faults.baseUrl}
      >
        <Input {...about("baseUrl")} required={isAddressNeeded} inputMode="url" maxLength={500} autoComplete="off" />
      </Field>
      <Field
        id="apiKey"
        label={key === "needed" ? "Key" : "Key (when it asks for one)"}
        hint="Kept encrypted and never shown again."
        error={faults.apiKey}
      >
        <Input {...about("apiKey")} type="password" required={key === "needed"} maxLength={500} autoComplete="off" />
      </Field>
    </>
  );
}
