"use client";

import { Download, ExternalLink } from "lucide-react";
import { QRCodeSVG } from "qrcode.react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { Textarea } from "#components/ui/textarea.tsx";
import type { FormRow } from "./form-card.tsx";

/** The three ways to a form: its address, a code for posters, a button for the company's own pages. */
export function ShareDialog({ form, onClose }: { form: FormRow; onClose: () => void }) {
  const t = useTranslations("optInForms.sharing");
  const common = useTranslations("common");
  const picture = useRef<HTMLDivElement>(null);
  const snippet = `<a href="${form.url}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#15803d;color:#fff;font:600 16px/24px sans-serif;text-decoration:none">${t("button")}</a>`;
  const save = () => {
    const drawing = picture.current?.querySelector("svg");
    if (drawing) saveFile(`${form.name}.svg`, drawing.outerHTML, "image/svg+xml");
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title", { name: form.name })}
      closeLabel={t("close")}
      footer={
        <Button asChild>
          <a href={form.url} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden />
            {t("look")}
          </a>
        </Button>
      }
    >
      <div className="space-y-5">
        <div className="flex items-end gap-2">
          <Field label={t("address")} className="min-w-0 flex-1">
            <Input readOnly value={form.url} onFocus={({ target }) => target.select()} className="font-mono text-xs" />
          </Field>
          <CopyButton text={form.url} label={common("copy")} copiedLabel={common("copied")} size="normal" />
        </div>
        <div className="flex flex-wrap items-center gap-4">
          {/* White in both themes: cameras want dark on light. */}
          <div ref={picture} className="w-fit rounded-lg border border-border bg-white p-3">
            <QRCodeSVG value={form.url} size={144} title={t("qr")} xmlns="http://www.w3.org/2000/svg" />
          </div>
          <div className="space-y-2">
            <p className="font-medium text-sm">{t("qr")}</p>
            <Button onClick={save}>
              <Download aria-hidden />
              {t("download")}
            </Button>
          </div>
        </div>
        <div className="space-y-2">
          <Field label={t("snippet")} help={t("snippetHelp")}>
            <Textarea readOnly rows={6} value={snippet} className="font-mono text-xs" />
          </Field>
          <CopyButton text={snippet} label={common("copy")} copiedLabel={common("copied")} />
        </div>
      </div>
    </Dialog>
  );
}
