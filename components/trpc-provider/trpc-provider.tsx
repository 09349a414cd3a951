"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useRef, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "#server/router.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { confirmLink } from "./confirm-link.ts";
import { makeQueryClient } from "./query-client.ts";

const { TRPCProvider: Context, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** `useTRPC()` gives typed query and mutation options for @tanstack/react-query. */
export { useTRPC, useTRPCClient };

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const { isAsking, ask, answer } = useConfirmation();
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        confirmLink(ask),
        // Questions are posted, too: a long rule fits no address, and names and numbers belong into no log of addresses.
        httpBatchLink({ url: "/api/trpc", transformer: superjson, maxItems: 10, methodOverride: "POST" }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <Context trpcClient={trpcClient} queryClient={queryClient}>
        {children}
        {isAsking ? (
          <ConfirmDialog confirm={(code) => trpcClient.secondFactor.confirm.mutate({ code })} onDone={answer} />
        ) : null}
      </Context>
    </QueryClientProvider>
  );
}

/** One dialog for all calls that wait for it at once. */
function useConfirmation() {
  const [isAsking, setAsking] = useState(false);
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);
  const ask = () =>
    new Promise<boolean>((resolve) => {
      waiting.current.push(resolve);
      setAsking(true);
    });
  const answer = (isConfirmed: boolean) => {
    setAsking(false);
    for (const resolve of waiting.current.splice(0)) resolve(isConfirmed);
  };
  return { isAsking, ask, answer };
}
