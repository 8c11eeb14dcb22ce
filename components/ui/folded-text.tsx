"use client";

import { useState } from "react";
import { Button } from "./button";

const maxChars = 1_600;
const maxLines = 20;

/** Text as written; of a very long one the beginning, with a button for the rest. */
export function FoldedText({ text }: { text: string }) {
  const [isWhole, setIsWhole] = useState(false);
  const start = startOf(text);
  const isLong = start.length < text.length;
  return (
    <>
      <p className="whitespace-pre-wrap">{isLong && !isWhole ? `${start}…` : text}</p>
      {isLong && (
        <Button variant="link" size="sm" aria-expanded={isWhole} className="mt-1" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? "Show less" : `Show all ${new Intl.NumberFormat("en-GB").format(text.length)} characters`}
        </Button>
      )}
    </>
  );
}

/** The first lines, or the first characters when the lines are long; the whole when little would be left out. */
function startOf(text: string): string {
  const lines = text.split("\n");
  const start = lines.slice(0, maxLines).join("\n").slice(0, maxChars).trimEnd();
  return text.length - start.length < 200 ? text : start;
}
