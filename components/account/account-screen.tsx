"use client";

import { useTranslations } from "use-intl";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { NotificationsSection } from "./notifications-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";

/** What a person sets for themselves, whatever their role: one section for each thing. */
export function AccountScreen() {
  const t = useTranslations("account");
  return (
    <Page className="max-w-[1000px]">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="mt-4 space-y-3">
        <ProfileSection />
        <SecondFactorSection />
        <NotificationsSection />
      </div>
    </Page>
  );
}
