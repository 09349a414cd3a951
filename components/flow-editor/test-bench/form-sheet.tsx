"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { PhoneSheet, SheetButton } from "#components/phone/phone-sheet.tsx";
import { Button } from "#components/ui/button.tsx";
import { inOrder } from "#components/ui/in-order.tsx";
import { Input } from "#components/ui/input.tsx";
import { useKnownPaths } from "../fields/use-known-paths.tsx";

type FormSheetProps = { onSend: (answers: Record<string, string>) => void; onClose: () => void };

const read = "enrollment.form.";

/** What a person fills in: only WhatsApp knows the form itself, so it asks for the answers that the flow reads, and any others. */
export function FormSheet({ onSend, onClose }: FormSheetProps) {
  const t = useTranslations("flowEditor.test");
  const { known } = useKnownPaths();
  const [answers, setAnswers] = useState(() => {
    const names = known.flatMap(({ path }) => (path.startsWith(read) ? [path.slice(read.length)] : []));
    return (names.length > 0 ? names : [""]).map((name) => ({ name, value: "" }));
  });
  const edit = (at: number, part: { name?: string; value?: string }) =>
    setAnswers(answers.map((answer, index) => (index === at ? { ...answer, ...part } : answer)));
  const send = () =>
    onSend(
      Object.fromEntries(answers.filter(({ name }) => name.trim()).map(({ name, value }) => [name.trim(), value])),
    );
  return (
    <PhoneSheet title={t("formTitle")} onClose={onClose} footer={<SheetButton label={t("formSend")} onPress={send} />}>
      <p className="mb-2 text-wa-secondary text-xs">{t("formHelp")}</p>
      <ul className="space-y-1.5">
        {inOrder(answers, ({ name, value }, at) => (
          <li className="grid grid-cols-2 gap-1.5">
            <Input
              isDense
              aria-label={t("formName")}
              placeholder={t("formName")}
              value={name}
              maxLength={100}
              onChange={(event) => edit(at, { name: event.target.value })}
            />
            <Input
              isDense
              aria-label={t("formValue")}
              placeholder={t("formValue")}
              value={value}
              maxLength={500}
              onChange={(event) => edit(at, { value: event.target.value })}
            />
          </li>
        ))}
      </ul>
      <Button size="dense" className="mt-2" onClick={() => setAnswers([...answers, { name: "", value: "" }])}>
        {t("formAdd")}
      </Button>
    </PhoneSheet>
  );
}
