import { Card } from "#components/ui/card.tsx";
import { repeated } from "#components/ui/in-order.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** A day with some notices in their final shape. */
export function NotificationSkeleton() {
  return (
    <Card aria-hidden className="overflow-hidden p-0">
      <div className="border-border border-b bg-sunken/60 px-4 py-1.5">
        <Skeleton className="h-3 w-16" />
      </div>
      <ul className="divide-y divide-border">
        {repeated(6, (place) => (
          <li className="flex items-start gap-3 px-4 py-2.5">
            <Skeleton className="mt-0.5 size-7 shrink-0 rounded-md" />
            <div className="min-w-0 flex-1 space-y-2 pt-1">
              <Skeleton className={place % 2 === 0 ? "h-3.5 w-3/4" : "h-3.5 w-1/2"} />
              <Skeleton className="h-3 w-20" />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
