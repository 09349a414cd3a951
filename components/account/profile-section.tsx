"use client";

import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Section } from "#components/ui/section.tsx";

/** Who I am here. An owner changes role and access under Settings, People. */
export function ProfileSection() {
  const t = useTranslations("account.profile");
  const roles = useTranslations("shell.person.roles");
  const { name, email, role, workspace } = useSession();
  return (
    <Section title={t("title")} help={t("help", { workspace: workspace.name })}>
      <div className="flex items-center gap-3">
        <Avatar name={name} size="large" />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-semibold text-sm">
            {name} <Chip>{roles(role)}</Chip>
          </p>
          <p className="truncate text-secondary text-sm">{email}</p>
        </div>
      </div>
    </Section>
  );
}
