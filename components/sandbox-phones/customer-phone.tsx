"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PhoneOff } from "lucide-react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { Phone, PhonePill } from "#components/phone/phone.tsx";
import { PhoneComposer } from "#components/phone/phone-composer.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { ChatMessage } from "./chat-message.tsx";
import type { PhoneRow } from "./sandbox-phones-screen.tsx";

const faults = ["131026", "131049", "131042"] as const;

type CustomerPhoneProps = { phone: PhoneRow; businessName: string; now: Date };

/** One customer: who, where in which flow, how the phone behaves, and the phone itself. Everything on it is real. */
export function CustomerPhone({ phone, businessName, now }: CustomerPhoneProps) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const { setPhone, say, tap } = usePhoneActions(phone);
  const name = `${phone.firstName} ${phone.lastName}`.trim();
  const isOff = phone.behaviour.phone === "off";
  const waiting = phone.chat.filter(
    (message) => message.isFromBusiness && ["accepted", "sent"].includes(message.status),
  ).length;
  return (
    <article aria-label={name} className="w-[316px] shrink-0 snap-start space-y-2">
      <div className="flex h-9 items-center gap-2.5">
        <Avatar name={name} seed={phone.contactId} size="large" />
        <div className="min-w-0">
          <p className="truncate font-semibold">{name}</p>
          <p className="truncate text-secondary text-xs">
            {phone.inside[0] ? t("insideFlow", { flow: phone.inside[0].flowName }) : t("idle")}
          </p>
        </div>
      </div>
      <div className="flex h-8 items-center justify-between gap-2">
        <Switch
          label={t("phoneOn")}
          checked={!isOff}
          onCheckedChange={(isOn) => setPhone({ phone: isOn ? "on" : "off" })}
        />
        <Switch
          label={t("readReceipts")}
          checked={phone.behaviour.readReceipts}
          onCheckedChange={(readReceipts) => setPhone({ readReceipts })}
        />
      </div>
      <Select
        isDense
        aria-label={t("fault")}
        value={String(phone.behaviour.fault ?? "none")}
        onValueChange={(value) => setPhone({ fault: value === "none" ? null : Number(value) })}
        options={[
          { value: "none", label: t("noFault") },
          ...faults.map((code) => ({ value: code, label: t(`faults.${code}`) })),
        ]}
      />
      <Phone
        label={name}
        businessName={businessName}
        time={format.dateTime(now, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}
        composer={
          <PhoneComposer
            isDisabled={isOff}
            isBusy={say.isPending}
            onSend={(text) => say.mutate({ waId: phone.waId, text })}
          />
        }
        overlay={
          isOff ? (
            <div className="absolute inset-0 flex items-end bg-black/35 p-2.5">
              <div className="flex w-full items-center gap-3 rounded-lg bg-[#292524] px-3 py-2.5 text-white">
                <PhoneOff aria-hidden className="size-5 shrink-0" />
                <p className="min-w-0 flex-1 text-sm">
                  <span className="block font-semibold">{t("phoneIsOff")}</span>
                  <span className="text-xs opacity-85">{t("waitingTicks", { count: waiting })}</span>
                </p>
                <Button size="dense" onClick={() => setPhone({ phone: "on" })}>
                  {t("turnOn")}
                </Button>
              </div>
            </div>
          ) : null
        }
      >
        {phone.chat.length === 0 ? <PhonePill>{t("noMessages")}</PhonePill> : null}
        {phone.chat.map((message, index) => (
          <ChatMessage
            key={message.wamid}
            message={message}
            previous={phone.chat[index - 1]}
            onTap={(buttonIndex) => tap.mutate({ wamid: message.wamid, buttonIndex })}
          />
        ))}
      </Phone>
    </article>
  );
}

function usePhoneActions(phone: PhoneRow) {
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const options = {
    onError: (error: unknown) => toast.error(errorWords(error)),
    onSettled: () => client.invalidateQueries(trpc.sandboxPhones.list.pathFilter()),
  };
  const change = useMutation(trpc.sandboxPhones.setPhone.mutationOptions(options));
  return {
    say: useMutation(trpc.sandboxPhones.say.mutationOptions(options)),
    tap: useMutation(trpc.sandboxPhones.tap.mutationOptions(options)),
    setPhone: (behaviour: Partial<PhoneRow["behaviour"]>) =>
      change.mutate({ waId: phone.waId, ...phone.behaviour, ...behaviour }),
  };
}
