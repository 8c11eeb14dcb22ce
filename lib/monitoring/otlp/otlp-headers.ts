/** The headers that `OTEL_EXPORTER_OTLP_HEADERS` names: https://opentelemetry.io/docs/specs/otel/protocol/exporter. What cannot be read is left out. */
export function otlpHeaders(text = ""): Record<string, string> {
  const pairs = text.split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    const name = pair.slice(0, Math.max(0, at)).trim().toLowerCase();
    return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) ? [[name, decoded(pair.slice(at + 1).trim())]] : [];
  });
  return Object.fromEntries(pairs);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
