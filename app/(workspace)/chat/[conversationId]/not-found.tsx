import Link from "next/link";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/workspace/page-header";

/** The chat is gone, or was never this reader's: both look the same. */
export default function ConversationNotFound() {
  return (
    <>
      <PageHeader title="Chat not found" />
      <div className="m-auto flex max-w-md flex-col items-center gap-3 p-6 text-center">
        <p className="text-lg font-semibold">There is no such chat</p>
        <p className="text-sm text-muted-foreground">It may have been deleted, or it belongs to another account.</p>
        <Button variant="primary" asChild>
          <Link href="/chat">New chat</Link>
        </Button>
      </div>
    </>
  );
}
