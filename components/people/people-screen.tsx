"use client";

import { useQuery } from "@tanstack/react-query";
import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SettingsTabs } from "#components/app-shell/settings-tabs.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { ApproverRule } from "./approver-rule.tsx";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PeopleTable } from "./people-table.tsx";

/** Who may do what here. A checker reads it; an owner asks people in, changes roles and lets people go. */
export function PeopleScreen() {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const { can } = useSession();
  const trpc = useTRPC();
  const [isInviting, setInviting] = useState(false);
  const query = useQuery(trpc.people.list.queryOptions());
  const isOwner = can("manage-people");
  return (
    <Page className="max-w-[1000px]">
      <SettingsTabs />
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          isOwner ? (
            <Button variant="primary" onClick={() => setInviting(true)}>
              <UserRoundPlus aria-hidden />
              {t("invite")}
            </Button>
          ) : null
        }
      />
      <div className="mt-4 space-y-4">
        {query.isError ? (
          <ErrorState title={t("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()} />
        ) : (
          <PeopleTable people={query.data?.people} mayManage={isOwner} />
        )}
        {query.data && query.data.invitations.length > 0 ? (
          <InvitationList invitations={query.data.invitations} mayManage={isOwner} />
        ) : null}
        {query.data ? <ApproverRule list={query.data} mayManage={isOwner} /> : null}
      </div>
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </Page>
  );
}
