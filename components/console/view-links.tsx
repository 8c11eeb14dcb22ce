import Link from "next/link";
import { Button } from "@/components/ui/button";

/** The way from the console to the shells. */
export function ShellsLink() {
  return (
    <Button asChild variant="quiet" size="sm">
      <Link href="/terminal">Shells</Link>
    </Button>
  );
}

/** The way from the shells to the console. */
export function ConsoleLink() {
  return (
    <Button asChild variant="quiet" size="sm">
      <Link href="/terminal?view=console">Console</Link>
    </Button>
  );
}
