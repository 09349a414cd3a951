import type { ReactNode } from "react";
import { Button } from "./button.tsx";

type LoadMoreProps = {
  /** An infinite query of the query library. */
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  children: ReactNode;
};

/** The button below a list that has more pages; nothing when it has none. */
export function LoadMore({ query, children }: LoadMoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <div className="mt-4 flex justify-center">
      <Button onClick={() => query.fetchNextPage()} isBusy={query.isFetchingNextPage}>
        {children}
      </Button>
    </div>
  );
}
