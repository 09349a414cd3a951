"use client";

import { ShieldAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Section } from "#components/ui/section.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { PeopleList } from "./people.ts";
import { usePeopleActs } from "./use-people-acts.ts";

type ApproverRuleProps = { list: PeopleList; mayManage: boolean };

/** Whether deciding on approvals takes a second factor, and who would stand outside. */
export function ApproverRule({ list, mayManage }: ApproverRuleProps) {
  const t = useTranslations("people.rule");
  const { hasSecondFactor } = useSession();
  const { setRule } = usePeopleActs();
  const isNeeded = list.approversNeedSecondFactor;
  const without = list.people.filter(({ decides, hasSecondFactor: has }) => decides && !has);
  // Who asks it of others has one: else they would shut the door behind themselves.
  const isBlocked = !hasSecondFactor && !isNeeded;
  return (
    <Section title={t("title")} help={t("help")}>
      <Switch
        label={t("label")}
        checked={isNeeded}
        disabled={!mayManage || isBlocked || setRule.isPending}
        onCheckedChange={(next) => setRule.mutate({ isNeeded: next })}
      />
      {mayManage && isBlocked ? (
        <Callout
          tone="neutral"
          icon={ShieldAlert}
          action={
            <Button asChild size="dense">
              <Link href="/account">{t("setUp")}</Link>
            </Button>
          }
        >
          {t("first")}
        </Callout>
      ) : null}
      {without.length > 0 ? (
        <p className={isNeeded ? "text-sm text-warning" : "text-secondary text-sm"}>
          {t(isNeeded ? "cannot" : "would", {
            count: without.length,
            names: without.map(({ name }) => name).join(", "),
          })}
        </p>
      ) : null}
    </Section>
  );
}
