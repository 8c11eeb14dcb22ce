import { Button } from "@/components/ui/button";

type Props = {
  /** What went wrong, where no field shows it. */
  problem?: string;
  isBusy: boolean;
  /** Back to the defaults; absent where nothing is saved. */
  onReset?: () => void;
};

/** The end of a form of settings: what went wrong, Save, and the way back to the defaults. */
export function SettingsFormEnd({ problem, isBusy, onReset }: Props) {
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
        {onReset && (
          <Button variant="quiet" disabled={isBusy} onClick={onReset}>
            Use the defaults
          </Button>
        )}
      </div>
    </>
  );
}
