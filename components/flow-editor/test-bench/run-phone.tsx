"use client";

import { Moon } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ListSheet } from "#components/phone/list-sheet.tsx";
import type { ButtonView, MessageView } from "#components/phone/message-view.ts";
import { Phone, PhonePill } from "#components/phone/phone.tsx";
import { PhoneComposer } from "#components/phone/phone-composer.tsx";
import { viewOfRendered } from "#components/phone/view-of-rendered.ts";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import type { SimulatedMessage } from "#flow/simulation/simulation.ts";
import { useEditorWorld } from "../editor-world.tsx";
import { FormSheet } from "./form-sheet.tsx";
import type { RunTimes, TestRun } from "./use-test-run.ts";

/** The person's phone: what arrived, what still waits to leave, and the field to answer with. */
export function RunPhone({ run }: { run: TestRun }) {
  const t = useTranslations("flowEditor.test");
  const { workspaceName } = useEditorWorld();
  const { sim, times, act } = run;
  const [asked, setAsked] = useState<SimulatedMessage | null>(null);
  const [opened, setOpened] = useState<SimulatedMessage | null>(null);
  const name = sim?.contact.firstName ?? t("somebody");
  const shown = (sim?.messages ?? []).filter((message) => message.status !== "skipped" && message.status !== "failed");
  return (
    <div className="flex w-[332px] shrink-0 items-stretch justify-center overflow-y-auto bg-sunken p-3 max-[1279px]:w-[391px]">
      <Phone
        businessName={workspaceName}
        label={t("phoneOf", { name })}
        time={sim ? times.time(sim.now) : "10:00"}
        className="h-auto max-h-160 min-h-96 w-[300px]"
        composer={<PhoneComposer isDisabled={!sim} onSend={(text) => act({ kind: "reply", text })} />}
        overlay={
          asked ? (
            <FormSheet
              onClose={() => setAsked(null)}
              onSend={(answers) => {
                act({ kind: "form", messageId: asked.id, answers });
                setAsked(null);
              }}
            />
          ) : opened?.content.list ? (
            <ListSheet
              list={opened.content.list}
              onClose={() => setOpened(null)}
              onPick={(buttonId) => {
                act({ kind: "tap", messageId: opened.id, buttonId });
                setOpened(null);
              }}
            />
          ) : null
        }
      >
        {sim ? null : <PhonePill>{t("startHint")}</PhonePill>}
        {shown.map((message, index) => (
          <div key={message.id} className="contents">
            {index === 0 || times.day(message.at) !== times.day(shown[index - 1]?.at ?? 0) ? (
              <PhonePill>{times.weekday(message.at)}</PhonePill>
            ) : null}
            <OnePhoneMessage message={message} times={times} run={run} onForm={setAsked} onList={setOpened} />
          </div>
        ))}
      </Phone>
    </div>
  );
}

type OnePhoneMessageProps = {
  message: SimulatedMessage;
  times: RunTimes;
  run: TestRun;
  onForm: (message: SimulatedMessage) => void;
  onList: (message: SimulatedMessage) => void;
};

/** A form that was sent is drawn as its answers. */
const written = ({ content: { form, ...content } }: SimulatedMessage): MessageView =>
  form?.answers
    ? {
        kind: "answers",
        title: form.name ?? "",
        answers: Object.entries(form.answers).map(([label, value]) => ({ label, value: String(value) })),
      }
    : viewOfRendered(content);

function OnePhoneMessage({ message, times, run, onForm, onList }: OnePhoneMessageProps) {
  const t = useTranslations("flowEditor.test");
  if (message.direction === "inbound") {
    return <WhatsAppMessage message={written(message)} from="customer" time={times.time(message.at)} ticks="read" />;
  }
  if (message.status === "queued") {
    return (
      <div className="mr-auto w-fit max-w-[90%] rounded-md border border-wa-secondary border-dashed px-2.5 py-1.5 text-sm text-wa-secondary">
        <p className="mb-0.5 flex items-center gap-1.5 font-semibold text-warning text-xs">
          <Moon aria-hidden className="size-3.5" />
          {message.until === null ? t("waitsToLeave") : t("leavesAt", { time: times.moment(message.until) })}
        </p>
        <p className="whitespace-pre-wrap">{message.content.body}</p>
      </div>
    );
  }
  // The simulated addresses lead nowhere: a tap on a link counts as a click instead of opening it.
  const plain = ({ id, kind, text }: ButtonView) => ({ id, kind, text });
  const { cards } = message.content;
  const buttons = message.content.buttons.map(plain);
  const shown = viewOfRendered({
    ...message.content,
    buttons,
    ...(cards && { cards: cards.map((card) => ({ ...card, buttons: card.buttons.map(plain) })) }),
  });
  const press = (buttonId: string) => {
    const all = [...buttons, ...(cards ?? []).flatMap((card) => card.buttons)];
    if (buttonId === "list") onList(message);
    const kind = all.find((button) => button.id === buttonId)?.kind;
    if (kind === "form") onForm(message);
    if (kind === "quick-reply") run.act({ kind: "tap", messageId: message.id, buttonId });
    if (kind === "link") run.act({ kind: "click", messageId: message.id, slot: `link.${buttonId}` });
  };
  return <WhatsAppMessage message={shown} from="business" time={times.time(message.at)} onButton={press} />;
}
