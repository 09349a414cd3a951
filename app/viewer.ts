import { cookies, headers } from "next/headers";
import { cache } from "react";
import { languageCookie, themeCookie } from "#components/app-shell/choices.ts";
import { languageOf } from "#server/auth/languages.ts";
import { createRequestContext } from "#server/auth/request-context.ts";
import { webHost } from "#server/auth/web-host.ts";
import { isDatabaseAway } from "#server/errors.ts";
import { appRouter } from "#server/router.ts";
import { createCallerFactory } from "#server/trpc.ts";

const callerFor = createCallerFactory(appRouter);

const context = cache(async () => createRequestContext(new Headers(await headers())));

/** The router as the person of this request, for server components. */
export const serverCaller = cache(async () => callerFor(await context()));

/** Who looks at this page, in which language, at what product time. `me` is null before sign-in and while the database is away. */
export const viewer = cache(async () => {
  const { me, now, isAway } = await readPerson();
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const language = me?.language ?? languageOf(jar.get(languageCookie)?.value, head.get("accept-language"));
  return { me, now, isAway, language, theme: jar.get(themeCookie)?.value ?? "system", env: webHost().env };
});

async function readPerson() {
  try {
    const { session, clock } = await context();
    const me = session ? await (await serverCaller()).me.get() : null;
    return { me, now: clock.now(), isAway: false };
  } catch (error) {
    if (!isDatabaseAway(error) && !isDatabaseAway(causeOf(error))) throw error;
    return { me: null, now: new Date(), isAway: true };
  }
}

/** A caller wraps what went wrong once more. */
const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : null);
