"use client";

import { useRouter } from "next/navigation";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";

type Props = { people: { id: string; name: string }[]; chosen: string; ownId: string };

/** Whose usage an admin looks at. */
export function UsagePerson({ people, chosen, ownId }: Props) {
  const router = useRouter();
  const show = (id: string) => router.push(id === ownId ? "/monitoring/usage" : `/monitoring/usage?user=${id}`);
  return (
    <div className="flex items-center gap-3">
      <Label htmlFor="usage-person" className="shrink-0 whitespace-nowrap">
        Usage of
      </Label>
      <Select value={chosen} onValueChange={show}>
        <SelectTrigger id="usage-person" className="h-9 w-72 max-w-full text-sm" />
        <SelectContent>
          <SelectItem value="all">Everybody</SelectItem>
          {people.map(({ id, name }) => (
            <SelectItem key={id} value={id}>
              {id === ownId ? `${name} (you)` : name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}
