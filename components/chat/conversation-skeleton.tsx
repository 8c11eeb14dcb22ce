import { Skeleton } from "@/components/ui/skeleton";
import { PageHeader } from "@/components/workspace/page-header";

/** The shape of a conversation that is on its way. */
export function ConversationSkeleton() {
  return (
    <>
      <PageHeader title="" />
      <div role="status" aria-label="The chat is loading" className="mx-auto flex w-full max-w-3xl flex-1 flex-col gap-6 px-4 pt-6 md:px-6">
        <Skeleton className="ml-auto h-11 w-3/5 rounded-xl" />
        {["w-11/12", "w-4/5", "w-2/3"].map((width) => (
          <Skeleton key={width} className={`h-4 ${width}`} />
        ))}
      </div>
      <div className="mx-auto w-full max-w-3xl px-3 pb-3 md:px-6 md:pb-5">
        <Skeleton className="h-23 rounded-xl" />
      </div>
    </>
  );
}
