import type { Budget, SubjectChoices } from "@/lib/gateway/limits/contract";

/** Of more models only the number is told. */
const mostNames = 3;

type Props = Pick<SubjectChoices, "unpriced"> & { budget?: Pick<Budget, "subjectKind" | "subjectId"> };

/** Says for which models a budget of money knows no price; nothing when it knows all. Without a budget, for one of any subject. */
export function UnpricedNote({ unpriced, budget }: Props) {
  const models = budget?.subjectKind === "model" ? unpriced.filter((id) => id === budget.subjectId) : unpriced;
  if (models.length === 0) return null;
  return <p className="pt-1 text-sm break-words text-muted-foreground">{unpricedText(models)}</p>;
}

function unpricedText(models: string[]): string {
  const rest = models.length - mostNames;
  const names = models.slice(0, mostNames).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  const calls = models.length === 1 ? "Calls to it cost" : "Calls to them cost";
  return `No price is known for ${names}. ${calls} nothing here, so a budget of money does not stop them. Set a price under Settings → Models.`;
}
