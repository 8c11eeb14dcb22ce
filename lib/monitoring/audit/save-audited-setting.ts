import { findSetting, saveSetting } from "@/db/queries/settings";
import { audited } from "./record-event";

type Values = Record<string, unknown>;

/**
 * Saves changes of the settings under a key and writes down what became of them; null takes a setting back to its default.
 * `readable` leaves out what of a stored value does not fit any more. @returns what is saved now
 */
export async function saveAuditedSetting<T extends Values>(
  { key, name, readable }: { key: string; name: string; readable: (stored: unknown) => T },
  changes: Values,
): Promise<Values> {
  const { after } = await audited(
    async (tx) => {
      const before = readable(await findSetting(tx, key));
      const kept = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null && value !== undefined);
      const saved = Object.fromEntries(kept);
      await saveSetting(tx, key, saved);
      return { before, after: saved };
    },
    (values) => ({ action: "settings.changed", target: { kind: "settings", id: key, name }, ...values }),
  );
  return after;
}
