"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "#server/router.ts";
import { makeQueryClient } from "./query-client.ts";

const { TRPCProvider: Context, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** `useTRPC()` gives typed query and mutation options for @tanstack/react-query. */
export { useTRPC, useTRPCClient };

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: "/api/trpc", transformer: superjson, maxItems: 10 })] }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <Context trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </Context>
    </QueryClientProvider>
  );
}
