import path from "node:path";
import { z } from "zod";

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
const flag = z.enum(["0", "1"]).transform((value) => value === "1");

/** The operator's contract (docs/operating.md). The start script fills in what it generated: database, secret, demo. */
const Env = z.object({
  PORT: port(3000),
  SANDBOX_PORT: port(3100),
  DOOR_PORT: port(3200),
  /** Address the servers bind to. */
  CHASQUI_HOST: z.string().default("127.0.0.1"),
  CHASQUI_HOME: z.string().default(".chasqui"),
  DATABASE_URL: z.string().min(1),
  CHASQUI_WORKERS: z.coerce.number().int().min(0).max(64).default(1),
  CHASQUI_DEMO: flag.default(false),
  /** 0: the demo workspace begins without its four weeks of a demo world. */
  CHASQUI_DEMO_WORLD: flag.default(true),
  CHASQUI_DEMO_PASSWORD: z.string().min(1).default("chasqui-demo"),
  CHASQUI_DEMO_WRITE_KEY: z.string().min(1).default("demo-write-key"),
  CHASQUI_DEMO_API_KEY: z.string().min(1).default("demo-api-key"),
  /** 32 random bytes in hex, made at first start and kept in CHASQUI_HOME/secrets.json: seals tokens, signs sessions and links. */
  CHASQUI_SECRET: z.string().regex(/^[0-9a-f]{64}$/, "CHASQUI_SECRET must be 64 hex digits"),
  /** The address customers and providers reach; links in messages start with it. */
  CHASQUI_PUBLIC_URL: z.string().optional(),
  /** Opens /api/metrics and the door's /metrics to whoever sends it; unset: both are closed. */
  CHASQUI_METRICS_KEY: z.string().min(16, "CHASQUI_METRICS_KEY must have at least 16 characters").optional(),
  /** Slug of the workspace whose people see workers and database; unset: the first that was made. */
  CHASQUI_OPERATOR_WORKSPACE: z.string().min(1).optional(),
  /** The mail server, with user and password: smtps://user:password@host:465; unset: no e-mail leaves. */
  CHASQUI_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "CHASQUI_SMTP_URL must look like smtps://user:password@host:465" })
    .optional(),
  /** Whom e-mails come from: "Chasqui <no-reply@bank.example>"; unset: no-reply at the public address's host. */
  CHASQUI_MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, "CHASQUI_MAIL_FROM must hold an e-mail address")
    .optional(),
});

export type Env = {
  port: number;
  sandboxPort: number;
  doorPort: number;
  host: string;
  home: string;
  databaseUrl: string;
  workers: number;
  isDemo: boolean;
  /** The demo workspace is made with four weeks of a demo world in it. */
  hasDemoWorld: boolean;
  demoPassword: string;
  demoWriteKey: string;
  demoApiKey: string;
  secret: string;
  publicUrl: string;
  metricsKey: string | null;
  operatorWorkspace: string | null;
  /** Null: no e-mail leaves. */
  smtp: Smtp | null;
};

export type Smtp = { url: string; from: string };

/** Reads and checks the environment. Throws one sentence per wrong variable. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = Env.safeParse(source);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not usable. ${wrong.join(". ")}.`);
  }
  const env = parsed.data;
  const publicUrl = (env.CHASQUI_PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, "");
  return {
    port: env.PORT,
    sandboxPort: env.SANDBOX_PORT,
    doorPort: env.DOOR_PORT,
    host: env.CHASQUI_HOST,
    home: path.resolve(env.CHASQUI_HOME),
    databaseUrl: env.DATABASE_URL,
    workers: env.CHASQUI_WORKERS,
    isDemo: env.CHASQUI_DEMO,
    hasDemoWorld: env.CHASQUI_DEMO_WORLD,
    demoPassword: env.CHASQUI_DEMO_PASSWORD,
    demoWriteKey: env.CHASQUI_DEMO_WRITE_KEY,
    demoApiKey: env.CHASQUI_DEMO_API_KEY,
    secret: env.CHASQUI_SECRET,
    publicUrl,
    metricsKey: env.CHASQUI_METRICS_KEY ?? null,
    operatorWorkspace: env.CHASQUI_OPERATOR_WORKSPACE ?? null,
    smtp: env.CHASQUI_SMTP_URL
      ? { url: env.CHASQUI_SMTP_URL, from: env.CHASQUI_MAIL_FROM ?? `Chasqui <no-reply@${hostOf(publicUrl)}>` }
      : null,
  };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : "localhost");
