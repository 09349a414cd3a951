"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { languageCookie, rememberChoice } from "./choices.ts";

const names = { en: "English", fr: "Français" };

/** Before sign-in the language is kept on this browser. */
export function LanguageSwitch({ language }: { language: string }) {
  const t = useTranslations("signIn");
  const router = useRouter();
  return (
    <fieldset className="mt-6 flex gap-1">
      <legend className="sr-only">{t("language")}</legend>
      {Object.entries(names).map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          onClick={() => {
            rememberChoice(languageCookie, code);
            router.refresh();
          }}
          className={cn(
            "h-7 rounded-sm px-2.5 text-sm",
            code === language ? "font-medium text-ink" : "text-secondary hover:text-ink",
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
