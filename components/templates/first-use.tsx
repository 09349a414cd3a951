"use client";

import { FileUp, LayoutGrid, Plus } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { Button } from "#components/ui/button.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { previewMessage } from "#flow/render-message.ts";
import { starters } from "#flow/starters/index.ts";

const steps = ["choose", "adjust", "submit"] as const;

type FirstUseProps = { onNew: () => void; onImport: () => void; mayEdit: boolean };

/** Before the first template: three steps and ready-made flows whose messages are written already. */
export function FirstUse({ onNew, onImport, mayEdit }: FirstUseProps) {
  const t = useTranslations("templates");
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="mt-4 grid overflow-hidden rounded-lg border border-border bg-surface lg:grid-cols-[400px_1fr]">
        <div className="border-border p-8 max-lg:border-b lg:border-r">
          <h2 className="text-h2">{t("first.title")}</h2>
          <p className="mt-1.5 text-secondary">{t("first.body")}</p>
          <ol className="mt-6 space-y-4">
            {steps.map((step, index) => (
              <li key={step} className="flex items-start gap-3">
                <span
                  aria-hidden
                  className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-tint font-semibold text-accent text-xs"
                >
                  {index + 1}
                </span>
                <span>
                  <span className="block font-medium">{t(`first.steps.${step}.title`)}</span>
                  <span className="block text-secondary text-sm">{t(`first.steps.${step}.body`)}</span>
                </span>
              </li>
            ))}
          </ol>
          {mayEdit ? (
            <div className="mt-7 flex flex-wrap gap-2">
              <Button variant="primary" asChild>
                <Link href="/templates/new">
                  <LayoutGrid aria-hidden />
                  {t("gallery.open")}
                </Link>
              </Button>
              <Button onClick={onNew}>
                <Plus aria-hidden />
                {t("first.blank")}
              </Button>
              <Button onClick={onImport}>
                <FileUp aria-hidden />
                {t("files.import")}
              </Button>
            </div>
          ) : null}
        </div>
        <div className="bg-sunken/40 p-6">
          <h2 className="mb-3 font-semibold text-sm">{t("first.ready")}</h2>
          <ReadyMade />
        </div>
      </div>
    </Page>
  );
}

function ReadyMade() {
  const t = useTranslations("templates");
  const names = useTranslations("starters");
  const locale = useLocale();
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {starters.slice(0, 3).map(({ id, templates }) => {
        const template = templates[0];
        const content = template?.languages.find((one) => one.language.startsWith(locale)) ?? template?.languages[0];
        if (!template || !content) return null;
        return (
          <li key={id} className="flex flex-col overflow-hidden rounded-lg border border-border bg-surface">
            <div className="flex min-h-44 flex-1 items-center bg-wa-chat px-4 py-4">
              <WhatsAppMessage
                message={previewMessage(content, template.samples)}
                from="business"
                isDense
                blankOf={(name) => ({ name, value: template.samples[name] ?? null })}
              />
            </div>
            <div className="space-y-2 p-3.5">
              <p className="font-semibold text-sm">{names(`${id}.name`)}</p>
              <p className="text-secondary text-xs">{names(`${id}.promise`)}</p>
              <Button asChild size="dense" className="w-full">
                <Link href={`/flows/new?find=${encodeURIComponent(names(`${id}.name`))}`}>{t("first.use")}</Link>
              </Button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
