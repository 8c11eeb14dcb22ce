import Link from "next/link";
import { Button } from "@/components/ui/button";

/** There is no page at this address. */
export default function NotFound() {
  return (
    <main className="m-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <p className="text-sm text-muted-foreground">Check the address, or go on from your chats.</p>
      <Button variant="primary" asChild>
        <Link href="/">To your chats</Link>
      </Button>
    </main>
  );
}
