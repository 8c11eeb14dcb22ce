"use client";

import { useState } from "react";
import { NumberField } from "@/components/limits/number-field";
import type { ApiKey } from "@/lib/auth/keys/contract";
import { KeySelect } from "./key-select";
import { cacheWords } from "./key-words";

type Props = { initial?: Pick<ApiKey, "cache" | "similarity">; error?: string };

/** To which calls the key is given kept answers and, where similar questions count, how near one must be. */
export function KeyCacheFields({ initial = { cache: "deterministic", similarity: null }, error }: Props) {
  const [cache, setCache] = useState(initial.cache);
  return (
    <>
      <KeySelect name="cache" label="Kept answers are given again" choices={cacheWords} initial={cache} onChange={setCache} />
      {cache === "similar" && (
        <NumberField
          name="similarity"
          label="Least likeness of a question, 0.5 to 1"
          min={0.5}
          max={1}
          step="0.01"
          placeholder="As it is set for all"
          initial={initial.similarity}
          error={error}
        />
      )}
    </>
  );
}
