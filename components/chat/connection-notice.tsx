"use client";

import { Unplug } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

/** The connection to a running reply broke; the page is finding back to it. */
export function ConnectionNotice({ onReconnect }: { onReconnect: () => void }) {
  return (
    <Banner
      tone="warning"
      icon={Unplug}
      role="status"
      title="The connection was lost"
      actions={
        <Button size="sm" onClick={onReconnect}>
          Reconnect now
        </Button>
      }
    >
      The reply goes on without this page, which keeps trying to reach it.
    </Banner>
  );
}
