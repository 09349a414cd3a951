import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "#server/router.ts";

/** What the server wants of the person's second factor: "confirm" or "enroll"; null when the refusal has another reason. */
export function secondFactorOf(error: unknown): "confirm" | "enroll" | null {
  if (!(error instanceof TRPCClientError)) return null;
  const wanted: unknown = error.data?.detail?.secondFactor;
  return wanted === "confirm" || wanted === "enroll" ? wanted : null;
}

/**
 * A call that is refused until the person has shown their second factor anew waits for `confirm`, and is made once more when it was
 * shown. No screen has to know of it.
 */
export const confirmLink =
  (confirm: () => Promise<boolean>): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let isOver = false;
      let stop = () => {};
      const call = (onError: (error: TRPCClientError<AppRouter>) => void) => {
        const running = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: onError,
        });
        stop = () => running.unsubscribe();
      };
      call(async (error) => {
        if (secondFactorOf(error) !== "confirm" || !(await confirm())) observer.error(error);
        else if (!isOver) call((again) => observer.error(again));
      });
      return () => {
        isOver = true;
        stop();
      };
    });
