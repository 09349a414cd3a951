"use client";

import { useTranslations } from "use-intl";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { Overview } from "./overview.tsx";

export function HomeScreen() {
  const t = useTranslations("home");
  const shell = useTranslations("shell.screens");
  const { name, workspace } = useSession();
  return (
    <>
      <TopBar crumbs={[{ label: shell("home") }]} />
      <Page className="space-y-5">
        <PageHeader
          title={t("title", { name: name.split(" ")[0] ?? name })}
          description={t("description", { workspace: workspace.name })}
        />
        <Overview />
        <FirstSteps />
      </Page>
    </>
  );
}
