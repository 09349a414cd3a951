"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import type { AppRouter } from "#server/router.ts";

type Inputs = inferRouterInputs<AppRouter>["sandboxPhones"];
type FileKind = (Inputs["write"]["content"] & { kind: "file" })["type"];

/** Everything a customer can do on one phone; each refreshes the page's phones. */
export function usePhoneActions(contactId: string) {
  const errorWords = useErrorWords();
  const t = useTranslations("sandboxPhones.share");
  const trpc = useTRPC();
  const client = useQueryClient();
  const options = {
    onError: (error: unknown) => toast.error(errorWords(error)),
    onSettled: () => client.invalidateQueries(trpc.sandboxPhones.pathFilter()),
  };
  const write = useMutation(trpc.sandboxPhones.write.mutationOptions(options));
  const tap = useMutation(trpc.sandboxPhones.tap.mutationOptions(options));
  const form = useMutation(trpc.sandboxPhones.submitForm.mutationOptions(options));
  const phone = useMutation(trpc.sandboxPhones.setPhone.mutationOptions(options));
  const preference = useMutation(trpc.sandboxPhones.setPreference.mutationOptions(options));
  const block = useMutation(trpc.sandboxPhones.setBlock.mutationOptions(options));
  const number = useMutation(trpc.sandboxPhones.changeNumber.mutationOptions(options));
  const fault = useMutation(trpc.sandboxPhones.plantFault.mutationOptions(options));
  const upload = useMutation({
    ...options,
    mutationFn: (sent: { file: File; replyTo?: string }) => sendFile(contactId, sent),
    onError: (error) => toast.error(error instanceof Refused ? error.message : t("failed")),
  });
  return {
    isWriting: write.isPending || upload.isPending,
    write: (content: Inputs["write"]["content"], replyTo?: string) =>
      write.mutate({ contactId, content, ...(replyTo ? { replyTo } : {}) }),
    upload: (file: File, replyTo?: string) => upload.mutate({ file, replyTo }),
    tap: (tapped: Omit<Inputs["tap"], "contactId">) => tap.mutate({ contactId, ...tapped }),
    submitForm: (wamid: string, answers: Inputs["submitForm"]["answers"]) => form.mutate({ contactId, wamid, answers }),
    setPhone: (change: Omit<Inputs["setPhone"], "contactId">) => phone.mutate({ contactId, ...change }),
    setPreference: (value: "stop" | "resume") => preference.mutate({ contactId, value }),
    setBlock: (isBlocked: boolean) => block.mutate({ contactId, isBlocked }),
    changeNumber: (to: string) => number.mutate({ contactId, to }),
    plantFault: (next: Inputs["plantFault"]["next"]) => fault.mutate({ contactId, next }),
  };
}
export type PhoneActions = ReturnType<typeof usePhoneActions>;

class Refused extends Error {}

/** Files go by a door of their own: they are larger than what the screens' calls may be. */
async function sendFile(contactId: string, { file, replyTo }: { file: File; replyTo?: string }): Promise<void> {
  const query = new URLSearchParams({ contactId, type: kindOf(file.type), name: file.name });
  if (replyTo) query.set("replyTo", replyTo);
  const answer = await fetch(`/api/sandbox-files?${query}`, {
    method: "POST",
    headers: { "content-type": file.type || "application/octet-stream" },
    body: file,
  });
  if (answer.ok) return;
  const told: { error?: { message?: string } } = await answer.json().catch(() => ({}));
  throw new Refused(told.error?.message ?? String(answer.status));
}

/** As WhatsApp sends it: pictures and sounds as such, everything else as a document. */
function kindOf(mimeType: string): FileKind {
  if (mimeType === "image/webp") return "sticker";
  if (/^image\/(jpeg|png)$/.test(mimeType)) return "image";
  if (mimeType.startsWith("video/")) return "video";
  return mimeType.startsWith("audio/") ? "audio" : "document";
}
