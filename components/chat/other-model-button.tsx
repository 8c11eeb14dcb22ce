"use client";

import { lazy, type ReactElement } from "react";
import { LazyPopup } from "@/components/ui/lazy-popup";
import { useMessageVerbs } from "./conversation-context";

const load = () => import("./other-model-menu").then(({ OtherModelMenu: Menu }) => ({ default: Menu }));
const OtherModelMenu = lazy(load);

/** Asks for another version of a reply from a model to be chosen; `trigger` is the button. */
export function OtherModelButton({ messageId, trigger }: { messageId: string; trigger: ReactElement }) {
  const { regenerate } = useMessageVerbs();
  return (
    <LazyPopup trigger={trigger} kind="menu" preload={load}>
      <OtherModelMenu trigger={trigger} onPick={(model) => regenerate(messageId, model)} />
    </LazyPopup>
  );
}
