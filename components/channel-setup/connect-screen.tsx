"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { ExternalLink } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { ChannelCheck } from "#server/channel-setup/check-channel.ts";
import { CheckList } from "./check-list.tsx";

const blank = { name: "", phoneNumberId: "", accountId: "", token: "", appSecret: "" };
type FieldName = keyof typeof blank;

/** What must hold before the form is sent; the server asks the same and then asks WhatsApp. */
const shapes: Record<FieldName, RegExp> = {
  name: /\S/,
  phoneNumberId: /^\s*\d{5,24}\s*$/,
  accountId: /^\s*\d{5,24}\s*$/,
  token: /^\s*\S{20,1024}\s*$/,
  appSecret: /^\s*[0-9a-fA-F]{32}\s*$/,
};

const steps: { id: "app" | "number" | "token"; fields: FieldName[]; href: string }[] = [
  { id: "app", fields: ["name"], href: "https://developers.facebook.com/apps" },
  {
    id: "number",
    fields: ["phoneNumberId", "accountId"],
    href: "https://business.facebook.com/wa/manage/phone-numbers",
  },
  { id: "token", fields: ["token", "appSecret"], href: "https://business.facebook.com/settings/system-users" },
];

/** A number is connected step by step: what to do at Meta stands beside what to bring from there. */
export function ConnectScreen() {
  const t = useTranslations("channelSetup");
  const { isDemo } = useSession();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const [at, setAt] = useState<"meta" | "sandbox">("meta");
  const [values, setValues] = useState(blank);
  const [isTold, setTold] = useState(false);
  const connect = useMutation(
    trpc.channelSetup.connect.mutationOptions({
      onSuccess: async ({ channelId }) => {
        await client.invalidateQueries(trpc.channelSetup.pathFilter());
        router.push(`/channels/${channelId}?check=now`);
      },
    }),
  );
  const isWrong = (name: FieldName) => !shapes[name].test(values[name]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!Object.keys(shapes).some((name) => isWrong(name as FieldName))) connect.mutate({ at, ...values });
  };
  const checks = checksOf(connect.error);
  return (
    <Page className="max-w-[1000px]">
      <PageHeader title={t("connectTitle")} description={t("connectBody")} />
      {isDemo ? (
        <Segmented
          className="mt-4"
          aria-label={t("where")}
          value={at}
          onValueChange={setAt}
          options={[
            { value: "meta", label: t("atMeta") },
            { value: "sandbox", label: t("atSandbox") },
          ]}
        />
      ) : null}
      <form onSubmit={submit} noValidate className="mt-4 space-y-3">
        {steps.map((step, index) => (
          <Card key={step.id} className="grid gap-x-8 gap-y-4 p-5 md:grid-cols-2">
            <Guide step={step} number={index + 1} />
            <div className="space-y-4">
              {step.fields.map((name) => (
                <Field
                  key={name}
                  label={t(`fields.${name}`)}
                  help={t(`help.${name}`)}
                  error={isTold && isWrong(name) ? t(`wrong.${name}`) : undefined}
                >
                  <Input
                    value={values[name]}
                    onChange={({ target }) => setValues({ ...values, [name]: target.value })}
                    type={name === "token" || name === "appSecret" ? "password" : "text"}
                    autoComplete="off"
                    spellCheck={false}
                    className={name === "name" ? undefined : "font-mono"}
                  />
                </Field>
              ))}
            </div>
          </Card>
        ))}
        {connect.isError ? (
          <div role="alert" className="space-y-3 rounded-lg border border-danger-border bg-danger-tint p-4">
            <p className="font-semibold text-sm">{checks ? t("refusedTitle") : errorWords(connect.error)}</p>
            {checks ? <CheckList checks={checks} /> : null}
          </div>
        ) : null}
        <div className="flex flex-wrap items-center justify-end gap-3">
          <p className="text-secondary text-xs">{t("sealed")}</p>
          <Button type="submit" variant="primary" isBusy={connect.isPending || connect.isSuccess}>
            {t("connectNow")}
          </Button>
        </div>
      </form>
    </Page>
  );
}

function Guide({ step, number }: { step: (typeof steps)[number]; number: number }) {
  const t = useTranslations("channelSetup.guide");
  return (
    <div>
      <h2 className="flex items-center gap-2.5 font-semibold">
        <span
          aria-hidden
          className="tabular grid size-6 place-items-center rounded-full bg-accent-tint text-accent text-xs"
        >
          {number}
        </span>
        {t(`${step.id}.title`)}
      </h2>
      <ol className="mt-2 list-decimal space-y-1.5 pl-[2.1rem] text-secondary text-sm marker:text-tertiary">
        {(["first", "second", "third"] as const).map((line) => (
          <li key={line}>{t(`${step.id}.${line}`)}</li>
        ))}
      </ol>
      <a
        href={step.href}
        target="_blank"
        rel="noreferrer"
        className="mt-3 ml-[2.1rem] inline-flex items-center gap-1 text-accent text-sm hover:underline"
      >
        {t(`${step.id}.open`)}
        <ExternalLink aria-hidden className="size-3.5" />
      </a>
    </div>
  );
}

/** The checks that came with a refusal, when WhatsApp was asked. */
function checksOf(error: unknown): ChannelCheck[] | null {
  const detail: unknown = error instanceof TRPCClientError ? error.data?.detail : null;
  const checks = detail && typeof detail === "object" && "checks" in detail ? detail.checks : null;
  return Array.isArray(checks) ? checks : null;
}
