/** A size for people, in decimal units as downloads are shown: `98 MB`, `2.5 GB`. */
export function sizeText(bytes: number): string {
  return bytes >= 1_000_000_000 ? `${Number((bytes / 1_000_000_000).toFixed(1))} GB` : `${Math.round(bytes / 1_000_000)} MB`;
}

/** A machine's memory for people, in the binary units it is sold in: `16 GB`. */
export function memoryText(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 3)} GB`;
}
