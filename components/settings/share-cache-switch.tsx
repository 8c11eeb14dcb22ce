"use client";

import { toast } from "sonner";
import { Switch } from "@/components/ui/switch";
import type { ShareCache } from "./key-types";
import { useSubmit } from "./use-submit";

/** Whether a key shares its cache with the others that do. */
export function ShareCacheSwitch({ id, name, isOn, share }: { id: string; name: string; isOn: boolean; share: ShareCache }) {
  const { submit, isBusy } = useSubmit((sharesCache: boolean) => share({ id, sharesCache }), toast.error);
  return (
    <span className="flex items-center gap-2 text-xs text-muted-foreground">
      <span aria-hidden>Shares cache</span>
      <Switch aria-label={`${name} shares its cache`} checked={isOn} disabled={isBusy} onCheckedChange={(next) => void submit(next)} />
    </span>
  );
}
