"use client";

import { SlidersHorizontal } from "lucide-react";
import { lazy } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { LazyPopup } from "@/components/ui/lazy-popup";
import type { ChatOptionsInput } from "@/lib/chat/shapes";
import { countChanged } from "./parameters";

const load = () => import("./parameters-popover").then(({ ParametersPopover }) => ({ default: ParametersPopover }));
const ParametersPopover = lazy(load);

type Props = { values: ChatOptionsInput; onChange: (changes: Partial<ChatOptionsInput>) => void };

/** Opens the chat's parameters; a dot says that some differ from the model's own. */
export function ParametersButton({ values, onChange }: Props) {
  const changed = countChanged(values);
  const trigger = (
    <IconButton label={changed === 0 ? "Parameters" : `Parameters, ${changed} changed`} className="relative">
      <SlidersHorizontal aria-hidden />
      {changed > 0 && <span aria-hidden className="absolute top-1 right-1 size-2 rounded-full bg-primary" />}
    </IconButton>
  );
  return (
    <LazyPopup trigger={trigger} kind="dialog" preload={load}>
      <ParametersPopover trigger={trigger} values={values} onChange={onChange} />
    </LazyPopup>
  );
}
