import { cookies, headers } from "next/headers";
import { cache } from "react";
import { languageCookie, themeCookie } from "#components/app-shell/choices.ts";
import { languageOf } from "#server/auth/languages.ts";
import { createRequestContext } from "#server/auth/request-context.ts";
import { appRouter } from "#server/router.ts";
import { createCallerFactory } from "#server/trpc.ts";

const callerFor = createCallerFactory(appRouter);

const context = cache(async () => createRequestContext(new Headers(await headers())));

/** The router as the person of this request, for server components. */
export const serverCaller = cache(async () => callerFor(await context()));

/** Who looks at this page, in which language, at what product time. `me` is null before sign-in. */
export const viewer = cache(async () => {
  const { session, clock, env } = await context();
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const me = session ? await (await serverCaller()).me.get() : null;
  const language = me?.language ?? languageOf(jar.get(languageCookie)?.value, head.get("accept-language"));
  return { me, language, theme: jar.get(themeCookie)?.value ?? "system", now: clock.now(), env };
});
