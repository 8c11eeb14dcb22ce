/** Names of fields whose values are never written down. `limitTokens` and the like are figures. */
const secretName = /(^|_)(key|current|next|authorization|cookie|hint)$|password|secret|api_?key$|token$|hash$|credential/i;
/** Keys of ours and of providers, bearer tokens, and a name and password within an address. */
const secretText = /\bhk_[\w-]{8,}|\bsk-[\w-]{8,}|\bBearer +\S+|\beyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g;
const userInfo = /(\/\/)[^/\s@]+@/g;

const hidden = "[secret]";
const longestText = 2_000;

/** A value with what must stay secret taken out of it, at any depth, and with what Postgres cannot store. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string")
    return value.slice(0, longestText).replaceAll("\u0000", "").replaceAll(secretText, hidden).replaceAll(userInfo, `$1${hidden}@`);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => [name, secretName.test(name) && one !== null && typeof one !== "boolean" ? hidden : withoutSecrets(one)]),
  );
}
