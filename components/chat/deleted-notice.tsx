"use client";

import { Trash2 } from "lucide-react";
import { toast } from "sonner";
import { api } from "@/components/api/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { restoreConversation } from "@/lib/chat/contract";

/** Stands in the composer's place once the chat was deleted, here or on another device. */
export function DeletedNotice({ chatId }: { chatId: string }) {
  const restore = () => {
    api<typeof restoreConversation>("POST", `/api/v1/conversations/${chatId}/restore`).catch((error: unknown) => {
      toast.error(error instanceof Error ? error.message : "The chat could not be restored.");
    });
  };
  return (
    <div className="mx-auto w-full max-w-3xl px-3 pb-3 md:px-6 md:pb-5">
      <Banner
        tone="warning"
        icon={Trash2}
        role="status"
        title="This chat was deleted"
        actions={
          <Button size="sm" onClick={restore}>
            Restore
          </Button>
        }
      >
        It can be restored for ten minutes, then it is erased.
      </Banner>
    </div>
  );
}
