"use client";

import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";

type Props = {
  /** What went wrong, where no field shows it. */
  problem?: string;
  isBusy: boolean;
  /** What is saved, for people. Without any there is no way back to the defaults. */
  saved: string[];
  onReset: () => void;
};

/** The end of a form of settings: what went wrong, Save, and the way back to the defaults, which asks first and says what is lost. */
export function SettingsFormEnd({ problem, isBusy, saved, onReset }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      {problem && (
        <p role="alert" className="text-sm text-destructive">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={isBusy}>
          Save
        </Button>
        {saved.length > 0 && (
          <Button variant="quiet" disabled={isBusy} onClick={() => setIsAsking(true)}>
            Use the defaults
          </Button>
        )}
      </div>
      <AlertDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Use the defaults?"
        description={`What is saved is deleted: ${saved.join(" · ")}`}
        action="Use the defaults"
        onAction={onReset}
      />
    </>
  );
}
