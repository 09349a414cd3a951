"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { NameField } from "./name-field.tsx";

type DuplicateDialogProps = { template: { id: string; name: string }; onClose: () => void };

/** Asks for the copy's name and opens the copy. */
export function DuplicateDialog({ template, onClose }: DuplicateDialogProps) {
  const t = useTranslations("templates");
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState(`${template.name}_2`);
  const copy = useMutation(
    trpc.templates.duplicate.mutationOptions({
      onSuccess: async ({ templateId }) => {
        await client.invalidateQueries(trpc.templates.pathFilter());
        router.push(`/templates/${templateId}`);
      },
    }),
  );
  const save = () => copy.mutate({ templateId: template.id, name: name.replace(/_$/, "") });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("duplicateTitle", { name: template.name })}
      description={t("duplicateBody")}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={name === ""} isBusy={copy.isPending || copy.isSuccess} onClick={save}>
            {t("duplicateConfirm")}
          </Button>
        </>
      }
    >
      <NameField
        value={name}
        onValueChange={setName}
        error={copy.isError ? (isTaken(copy.error) ? t("nameTaken") : t("saveFailed")) : null}
      />
    </Dialog>
  );
}

/** True when the server says that the name exists already. */
export const isTaken = (error: { data?: { code?: string } | null } | null): boolean => error?.data?.code === "CONFLICT";
