import { inOrder, repeated } from "#components/ui/in-order.tsx";
import { Section } from "#components/ui/section.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** How many controls each of the first cards has. */
const cards = [2, 3, 3, 2, 4];

/** The cards of the rules in their final shape, without their words. */
export function PolicySkeleton() {
  return (
    <div aria-hidden className="space-y-3">
      {inOrder(cards, (controls) => (
        <Section
          title={<Skeleton className="my-1 w-36" />}
          help={
            <div className="mt-1.5 space-y-1.5">
              <Skeleton className="h-3 w-full" />
              <Skeleton className="h-3 w-3/5" />
            </div>
          }
        >
          {repeated(controls, () => (
            <div className="space-y-2">
              <Skeleton className="h-3.5 w-40" />
              <Skeleton className="h-8 w-28 rounded-md" />
            </div>
          ))}
        </Section>
      ))}
    </div>
  );
}
