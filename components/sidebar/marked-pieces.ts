import { decodeEntities } from "@/components/markdown/decode-entities";

/** Cuts a search snippet (escaped text with `<mark>` around what was found) into plain pieces. */
export function markedPieces(html: string): { text: string; isMatch: boolean }[] {
  return html
    .split(/(<mark>.*?<\/mark>)/s)
    .filter(Boolean)
    .map((piece) => {
      const match = /^<mark>(.*)<\/mark>$/s.exec(piece);
      return { text: decodeEntities(match?.[1] ?? piece), isMatch: match !== null };
    });
}
