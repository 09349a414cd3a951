"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { useShortcutName } from "./use-shortcut-name.ts";

/** The keys worth knowing. */
export function HelpMenu() {
  const t = useTranslations("shell.help");
  const palette = useShortcutName();
  const rows = [
    { keys: [palette], words: t("palette") },
    { keys: ["/"], words: t("search") },
    { keys: ["Tab"], words: t("tab") },
    { keys: ["Esc"], words: t("escape") },
  ];
  return (
    <Popover align="end" trigger={<IconButton icon={CircleHelp} label={t("title")} />}>
      <p className="mb-2 font-semibold">{t("keys")}</p>
      <dl className="space-y-1.5">
        {rows.map(({ keys, words }) => (
          <div key={words} className="flex items-center justify-between gap-3">
            <dt className="text-secondary">{words}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
