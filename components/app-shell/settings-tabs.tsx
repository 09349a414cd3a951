"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { LinkTabs } from "#components/ui/link-tabs.tsx";
import type { Verb } from "#server/auth/permissions.ts";

const places: { id: "sending" | "people" | "keys" | "audit"; href: string; verb: Verb }[] = [
  { id: "sending", href: "/settings", verb: "see-settings" },
  { id: "people", href: "/settings/people", verb: "see-people" },
  { id: "keys", href: "/settings/keys", verb: "see-keys" },
  { id: "audit", href: "/settings/audit", verb: "see-audit" },
];

/** The pages of the settings that this person may open; nothing when there is only one. */
export function SettingsTabs() {
  const t = useTranslations("settings.places");
  const { can } = useSession();
  const pathname = usePathname();
  const own = places.filter(({ verb }) => can(verb));
  if (own.length < 2) return null;
  return (
    <LinkTabs
      label={t("label")}
      className="mb-4"
      tabs={own.map(({ id, href }) => ({ href, label: t(id), isCurrent: pathname === href }))}
    />
  );
}
