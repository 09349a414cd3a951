"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { UserRoundX } from "lucide-react";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";

/** Erases the person after one question, and goes back to the list: their page is no more. */
export function EraseContact({ contactId, name }: { contactId: string; name: string }) {
  const t = useTranslations("contacts.erase");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const erase = useMutation(
    trpc.contacts.erase.mutationOptions({
      onSuccess: ({ messages, events }) => {
        toast.success(t("done", { messages, events }));
        router.push("/contacts");
        return client.invalidateQueries(trpc.contacts.list.pathFilter());
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  if (!useSession().can("erase-contacts")) return null;
  return (
    <AlertDialog
      trigger={
        <Button variant="quiet" isBusy={erase.isPending || erase.isSuccess}>
          <UserRoundX aria-hidden className="size-4" />
          {t("button")}
        </Button>
      }
      title={t("title", { name })}
      description={
        <>
          <p>{t("body")}</p>
          <p className="mt-2">{t("kept")}</p>
        </>
      }
      confirmLabel={t("confirm")}
      cancelLabel={common("cancel")}
      isDanger
      onConfirm={() => erase.mutate({ contactId })}
    />
  );
}
