import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** What WhatsApp takes as a name, out of what people type: "KYC reminder, 2" becomes "kyc_reminder_2". */
export const toTemplateName = (typed: string): string =>
  typed
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_/, "");

type NameFieldProps = { value: string; onValueChange: (name: string) => void; error?: string | null };

/** A template's name: written as WhatsApp needs it while one types. */
export function NameField({ value, onValueChange, error }: NameFieldProps) {
  const t = useTranslations("templates");
  return (
    <Field label={t("name")} help={t("nameHelp")} error={error}>
      <Input
        id="template-name"
        value={value}
        maxLength={512}
        autoComplete="off"
        spellCheck={false}
        className="font-mono"
        onChange={(event) => onValueChange(toTemplateName(event.target.value))}
      />
    </Field>
  );
}
