"use client";

import { lazy, type ReactElement } from "react";
import { LazyPopup } from "@/components/ui/lazy-popup";
import { useMessageVerbs } from "./conversation-context";

const load = () => import("./other-model-menu").then(({ OtherModelMenu: Menu }) => ({ default: Menu }));
const OtherModelMenu = lazy(load);

type Props = { messageId: string; model: string | undefined; trigger: ReactElement };

/** Asks for another version of a reply from a model other than its own, to be chosen; `trigger` is the button. */
export function OtherModelButton({ messageId, model, trigger }: Props) {
  const { regenerate } = useMessageVerbs();
  return (
    <LazyPopup trigger={trigger} kind="menu" preload={load}>
      <OtherModelMenu trigger={trigger} except={model} onPick={(other) => regenerate(messageId, other)} />
    </LazyPopup>
  );
}
