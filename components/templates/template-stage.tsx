"use client";

import { CircleCheck, CircleX, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Phone, PhonePill } from "#components/phone/phone.tsx";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { TemplateStatusChip } from "#components/template-words/template-status.tsx";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { Chip } from "#components/ui/chip.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { previewMessage } from "#flow/render-message.ts";
import type { OpenTemplate } from "./template-row.ts";
import type { Draft } from "./use-template-draft.ts";

type TemplateStageProps = { draft: Draft; template: OpenTemplate; findings: LocalFinding[]; current: string };

/** The message on a phone for each language, side by side, as the customer will see it. */
export function TemplateStage({ draft, template, findings, current }: TemplateStageProps) {
  const t = useTranslations("templates.editor");
  const [values, setValues] = useState<"sample" | "names">("sample");
  const [palette, setPalette] = useState<"light" | "dark">("light");
  return (
    <section aria-label={t("preview")} className="min-w-0">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <Segmented
          isDense
          aria-label={t("previewWith")}
          value={values}
          onValueChange={setValues}
          options={[
            { value: "sample", label: t("withSamples") },
            { value: "names", label: t("withNames") },
          ]}
        />
        <Segmented
          isDense
          aria-label={t("palette")}
          value={palette}
          onValueChange={setPalette}
          options={[
            { value: "light", label: <Sun aria-hidden />, title: t("lightPhone") },
            { value: "dark", label: <Moon aria-hidden />, title: t("darkPhone") },
          ]}
        />
      </div>
      <div className="flex gap-4 overflow-x-auto pb-3">
        {draft.languages.map((content) => (
          <div key={content.language} className={content.language === current ? "" : "max-xl:hidden"}>
            <StageHead content={content} template={template} findings={findings} />
            <PreviewPhone content={content} palette={palette} samples={values === "sample" ? draft.samples : {}} />
          </div>
        ))}
      </div>
    </section>
  );
}

function StageHead({
  content,
  template,
  findings,
}: {
  content: DraftContent;
  template: OpenTemplate;
  findings: LocalFinding[];
}) {
  const t = useTranslations("templates.editor");
  const locale = useLocale();
  const stored = template.languages.find((one) => one.language === content.language);
  const isRefused = findings.some(
    (finding) => finding.severity === "error" && (finding.language === content.language || finding.language === null),
  );
  return (
    <div className="mb-2 flex min-h-6 items-center justify-between gap-2">
      <h3 className="truncate font-semibold text-sm">{languageName(content.language, locale)}</h3>
      {stored && stored.status !== "draft" ? (
        <TemplateStatusChip status={stored.status} />
      ) : (
        <Chip tone={isRefused ? "danger" : "success"} icon={isRefused ? CircleX : CircleCheck}>
          {isRefused ? t("notReady") : t("ready")}
        </Chip>
      )}
    </div>
  );
}

function PreviewPhone({
  content,
  palette,
  samples,
}: {
  content: DraftContent;
  palette: "light" | "dark";
  samples: Record<string, string>;
}) {
  const t = useTranslations("templates.editor");
  const locale = useLocale();
  const { workspace } = useSession();
  const { language, body } = content;
  return (
    <Phone
      label={t("phoneOf", { language: languageName(language, locale) })}
      businessName={workspace.name}
      time="09:41"
      palette={palette}
      className="h-[560px] w-[256px]"
    >
      <div lang={language.replace("_", "-")} className="space-y-2">
        {body.trim() === "" && !content.header ? (
          <PhonePill>{t("nothingYet")}</PhonePill>
        ) : (
          <WhatsAppMessage
            message={previewMessage(content, samples)}
            from="business"
            time="09:41"
            blankOf={(name) => ({ name, value: samples[name] || null, isMissing: !samples[name] })}
            className="max-w-[94%]"
          />
        )}
      </div>
    </Phone>
  );
}
