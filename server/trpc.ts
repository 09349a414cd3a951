import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import type { Database } from "#db/client.ts";
import { isAllowed, type Role, type Verb } from "./auth/permissions.ts";
import { requireConfirmation } from "./auth/require-confirmation.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Env } from "./env.ts";
import { DomainError, type ErrorCode, isDatabaseAway } from "./errors.ts";

/** Who is asking, from the session cookie. The workspace is part of it and never of any input. */
export type Session = {
  userId: string;
  name: string;
  email: string;
  language: "en" | "fr";
  workspaceId: string;
  role: Role;
  /** How the person came in; null for machines, who may nothing that asks for a second factor. */
  signIn: SignIn | null;
};

/** `confirmedAt`: when this browser last showed the second factor, by the time of the world. */
export type SignIn = { sessionId: string; hasSecondFactor: boolean; confirmedAt: Date | null };

export type RequestContext = {
  db: Database;
  /** Connections of their own for figures; absent: `db`. */
  figures?: Database;
  clock: Clock;
  env: Env;
  session: Session | null;
};

/** What a verb works with: the same as the request, with a session that certainly exists. */
export type Actor = RequestContext & { session: Session };

const trpcCodes: Record<ErrorCode, TRPCError["code"]> = {
  "bad-input": "BAD_REQUEST",
  "not-signed-in": "UNAUTHORIZED",
  "not-allowed": "FORBIDDEN",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "too-large": "PAYLOAD_TOO_LARGE",
  refused: "UNPROCESSABLE_CONTENT",
  "too-many": "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
};

const t = initTRPC
  .context<RequestContext>()
  .meta<{ verb: Verb }>()
  .create({
    transformer: superjson,
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      data: { ...shape.data, stack: undefined, detail: error.cause instanceof DomainError ? error.cause.detail : {} },
    }),
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Services throw DomainError; this is the one place where it becomes an answer of tRPC. */
const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof DomainError) throw new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause });
  if (isDatabaseAway(cause))
    throw new TRPCError({
      code: "SERVICE_UNAVAILABLE",
      message: "The database is away. Try again in a moment.",
      cause,
    });
  return result;
});

/**
 * The only procedure there is: it names a verb of server/auth/permissions.ts, refuses everybody whose role does not list it, asks for
 * a fresh second factor where the verb wants one, and hands the verb an Actor. A router test walks all procedures and fails on one without a verb.
 */
export const allowed = (verb: Verb) =>
  t.procedure
    .meta({ verb })
    .use(translateErrors)
    .use(async ({ ctx, next }) => {
      if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
      if (!isAllowed(ctx.session.role, verb)) {
        throw new TRPCError({
          code: "FORBIDDEN",
          message: `Your role (${ctx.session.role}) may not do this. Ask an owner of the workspace.`,
        });
      }
      const actor = { ...ctx, session: ctx.session } satisfies Actor;
      // A second factor is shown by the time of the world; a demo's clock may be days ahead.
      await requireConfirmation(actor, verb, systemClock.now());
      return next({ ctx: actor });
    });
