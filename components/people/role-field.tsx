"use client";

import { useTranslations } from "use-intl";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { type RoleName, roleNames } from "./people.ts";

type RoleFieldProps = { value: RoleName | null; onChange: (role: RoleName) => void };

/** A role with what it may do: nobody has to look it up. */
export function RoleField({ value, onChange }: RoleFieldProps) {
  const t = useTranslations("people");
  const roles = useTranslations("shell.person.roles");
  const can = useTranslations("signIn.demo.can");
  return (
    <fieldset>
      <legend className="mb-2 font-medium text-sm">{t("role")}</legend>
      <RadioGroup
        aria-label={t("role")}
        value={value ?? ""}
        onValueChange={(next) => {
          const role = roleNames.find((known) => known === next);
          if (role) onChange(role);
        }}
        options={roleNames.map((role) => ({ value: role, label: roles(role), help: can(role) }))}
      />
    </fieldset>
  );
}
