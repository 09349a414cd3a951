import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { organization } from "better-auth/plugins/organization";
import { twoFactor as twoFactorPlugin } from "better-auth/plugins/two-factor";
import type { Database } from "#db/client.ts";
import { account, invitation, member, session, twoFactor, user, verification, workspace } from "#db/schema/index.ts";
import { type Clock, systemClock } from "#server/clock.ts";
import type { Env } from "#server/env.ts";
import { newId } from "#server/id.ts";
import { authSecret } from "./auth-secret.ts";
import { lockMinutes, mostFailures } from "./check-code.ts";
import { guardSecondStep, isRecovery, isSecondStep } from "./guard-second-step.ts";
import { recordRecovery } from "./record-recovery.ts";

/** Addresses a browser may call us from: the public one and this machine's own names. */
export const trustedOrigins = (env: Env): string[] => [
  ...new Set([new URL(env.publicUrl).origin, `http://localhost:${env.port}`, `http://127.0.0.1:${env.port}`]),
];

/**
 * Sign-in by e-mail and password (better-auth, scrypt). An organization of better-auth is our workspace. Nobody signs up by
 * themselves: people come from the seed or from an owner. `freshClock` dates what is audited. Only the paths listed in app/api/auth are reachable from outside.
 */
export const createAuth = (db: Database, env: Env, freshClock: () => Promise<Clock>) =>
  betterAuth({
    appName: "Chasqui",
    baseURL: env.publicUrl,
    secret: authSecret(env),
    trustedOrigins: trustedOrigins(env),
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { user, session, account, verification, workspace, member, invitation, twoFactor },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    user: { additionalFields: { language: { type: "string", defaultValue: "en", input: false } } },
    // No cookie cache: a person who was taken out of the workspace is out with the next request, not minutes later.
    session: {
      expiresIn: 60 * 60 * 24 * 14,
      cookieCache: { enabled: false },
      additionalFields: { secondFactorAt: { type: "date", required: false, input: false } },
    },
    hooks: { before: guardSecondStep(db, env) },
    databaseHooks: {
      // Whoever has just signed in with a code has shown it.
      session: {
        create: {
          before: async (made, context) =>
            isSecondStep(context?.path) ? { data: { ...made, secondFactorAt: systemClock.now() } } : undefined,
          after: async ({ userId }, context) => {
            if (isRecovery(context?.path)) await recordRecovery(db, env, { userId, clock: await freshClock() });
          },
        },
      },
    },
    // A demo runs on one machine whose tests sign in often; elsewhere thirty tries a minute and address is plenty.
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: {
        "/sign-in/email": { window: 60, max: env.isDemo ? 600 : 30 },
        "/two-factor/*": { window: 60, max: env.isDemo ? 600 : 20 },
      },
    },
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: env.publicUrl.startsWith("https:"),
      cookiePrefix: "chasqui",
    },
    telemetry: { enabled: false },
    plugins: [
      // It asks at sign-in; setting a second factor up and confirming with it are verbs of ours (server/second-factor), so that they are audited.
      twoFactorPlugin({
        issuer: "Chasqui",
        accountLockout: { maxFailedAttempts: mostFailures, durationSeconds: lockMinutes * 60 },
      }),
      organization({
        allowUserToCreateOrganization: false,
        schema: {
          organization: { modelName: "workspace" },
          member: { fields: { organizationId: "workspaceId" } },
          invitation: { fields: { organizationId: "workspaceId" } },
          session: { fields: { activeOrganizationId: "activeWorkspaceId" } },
        },
      }),
    ],
  });

export type Auth = ReturnType<typeof createAuth>;
