import { Checkbox } from "@/components/ui/checkbox";
import type { KeyScope } from "@/lib/auth/keys/contract";
import { scopeWords } from "./key-words";

const usual: KeyScope[] = ["chat", "embeddings", "models"];

/** What the key may do; metrics are for admins' keys only. */
export function KeyScopes({ isAdmin }: { isAdmin: boolean }) {
  const offered = (Object.keys(scopeWords) as KeyScope[]).filter((scope) => isAdmin || scope !== "metrics");
  return (
    <fieldset className="flex flex-col">
      <legend className="pb-1 text-sm font-medium">May use</legend>
      {offered.map((scope) => (
        <Checkbox
          key={scope}
          name="scope"
          value={scope}
          label={scopeWords[scope].name}
          hint={scopeWords[scope].about}
          defaultChecked={usual.includes(scope)}
        />
      ))}
    </fieldset>
  );
}
