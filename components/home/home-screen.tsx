"use client";

import { useTranslations } from "use-intl";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import type { FirstSteps as Steps } from "#server/home/read-first-steps.ts";
import type { Overview as Figures } from "#server/home/read-overview.ts";
import { FirstSteps } from "./first-steps.tsx";
import { Overview } from "./overview.tsx";

type HomeScreenProps = { overview: Figures; steps: Steps };

export function HomeScreen({ overview, steps }: HomeScreenProps) {
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
        <Overview initial={overview} />
        <FirstSteps initial={steps} />
      </Page>
    </>
  );
}
