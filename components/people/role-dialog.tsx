"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { PersonRow } from "./people.ts";
import { RoleField } from "./role-field.tsx";
import { usePeopleActs } from "./use-people-acts.ts";

/** Another role for somebody, from their next click on. */
export function RoleDialog({ person, onClose }: { person: PersonRow; onClose: () => void }) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const { changeRole } = usePeopleActs();
  const [role, setRole] = useState(person.role);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("roleTitle", { name: person.name })}
      description={t("roleBody")}
      closeLabel={common("close")}
      className="max-w-md"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={role === null || role === person.role}
            isBusy={changeRole.isPending}
            onClick={() => role && changeRole.mutate({ userId: person.userId, role }, { onSettled: onClose })}
          >
            {t("roleYes")}
          </Button>
        </>
      }
    >
      <RoleField value={role} onChange={setRole} />
    </Dialog>
  );
}
