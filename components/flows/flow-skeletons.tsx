import { repeated } from "#components/ui/in-order.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** Six cards in their final shape. */
export function FlowSkeletons() {
  return repeated(6, () => (
    <li aria-hidden className="overflow-hidden rounded-lg border border-border bg-surface">
      <div className="dot-grid h-[120px] border-border border-b" />
      <div className="space-y-3 px-4 pt-3.5 pb-3.5">
        <Skeleton className="w-40" />
        <div className="grid grid-cols-[2fr_3fr] gap-4">
          <Skeleton className="h-8 w-20" />
          <Skeleton className="h-8 w-32" />
        </div>
        <Skeleton className="w-48" />
      </div>
    </li>
  ));
}
