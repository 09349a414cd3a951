"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { readFlowJson } from "#components/phone/flow-json.ts";
import { FlowSheet } from "#components/phone/flow-sheet.tsx";
import { ListSheet } from "#components/phone/list-sheet.tsx";
import { MapTile } from "#components/phone/map-tile.tsx";
import type { ListView, OrderView } from "#components/phone/message-view.ts";
import { OrderBlock } from "#components/phone/order-block.tsx";
import { PhoneSheet, SheetButton } from "#components/phone/phone-sheet.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { AskSheet } from "./ask-sheet.tsx";
import type { PhoneRow } from "./phones-list.ts";
import type { PhoneActions } from "./use-phone-actions.ts";

/** What is open over a phone's chat. */
export type Sheet =
  | { kind: "list"; wamid: string; list: ListView }
  | { kind: "form"; wamid: string; label: string }
  | { kind: "address"; wamid: string; label: string }
  | { kind: "order"; order: OrderView }
  | { kind: "place"; replyTo?: string }
  | { kind: "person"; isSelf: boolean; replyTo?: string }
  | { kind: "number" };

type OpenSheetProps = { sheet: Sheet; phone: PhoneRow; actions: PhoneActions; onClose: () => void };

/** The sheet over a phone's chat; each one ends in something sent. */
export function OpenSheet({ sheet, phone, actions, onClose }: OpenSheetProps) {
  const t = useTranslations("sandboxPhones.share");
  const thenClose = (act: () => void) => {
    act();
    onClose();
  };
  switch (sheet.kind) {
    case "list":
      return (
        <ListSheet
          list={sheet.list}
          onClose={onClose}
          onPick={(rowId) => thenClose(() => actions.tap({ wamid: sheet.wamid, rowId }))}
        />
      );
    case "form":
      return <MessageForm sheet={sheet} phone={phone} actions={actions} onClose={onClose} />;
    case "order":
      return (
        <PhoneSheet
          title={t("order")}
          onClose={onClose}
          footer={<SheetButton label={t("noPayment")} isDisabled onPress={onClose} />}
        >
          <OrderBlock order={sheet.order} isOwn={false} />
        </PhoneSheet>
      );
    case "place":
      return <PlaceSheet onClose={onClose} onSend={(place) => thenClose(() => actions.write(place, sheet.replyTo))} />;
    case "person":
      return (
        <AskSheet
          title={t(sheet.isSelf ? "ownContact" : "person")}
          sendLabel={t("send")}
          onClose={onClose}
          questions={[
            {
              name: "name",
              label: t("name"),
              start: sheet.isSelf ? `${phone.firstName} ${phone.lastName}`.trim() : "",
            },
            { name: "phone", label: t("phone"), type: "tel", start: sheet.isSelf ? `+${phone.waId}` : "" },
          ]}
          onSend={({ name = "", phone: number = "" }) =>
            thenClose(() => actions.write({ kind: "person", name, phone: number }, sheet.replyTo))
          }
        />
      );
    case "address":
      return (
        <AskSheet
          title={sheet.label}
          sendLabel={t("send")}
          onClose={onClose}
          questions={addressParts.map((name) => ({
            name,
            label: t(`address.${name}`),
            isOptional: name === "landmark_area",
          }))}
          onSend={(answers) => thenClose(() => actions.submitForm(sheet.wamid, answers))}
        />
      );
    case "number":
      return (
        <AskSheet
          title={t("newNumber")}
          sendLabel={t("change")}
          onClose={onClose}
          questions={[{ name: "to", label: t("phone"), type: "tel", start: `+${phone.waId}` }]}
          onSend={({ to = "" }) => thenClose(() => actions.changeNumber(to.replace(/\D/g, "")))}
        >
          <p className="text-wa-secondary text-xs">{t("newNumberHelp")}</p>
        </AskSheet>
      );
  }
}

const addressParts = ["name", "phone_number", "address", "city", "in_pin_code", "landmark_area"] as const;

/** A bank's own square, so that a place can be sent with one press. */
const somewhere = { latitude: 14.6928, longitude: -17.4467 };

type PlaceSheetProps = { onSend: (place: Parameters<PhoneActions["write"]>[0]) => void; onClose: () => void };

function PlaceSheet({ onSend, onClose }: PlaceSheetProps) {
  const t = useTranslations("sandboxPhones.share");
  return (
    <AskSheet
      title={t("place")}
      sendLabel={t("send")}
      onClose={onClose}
      questions={[
        { name: "name", label: t("placeName"), start: "Place de l’Indépendance", isOptional: true },
        { name: "address", label: t("placeAddress"), start: "Dakar", isOptional: true },
        { name: "latitude", label: t("latitude"), type: "number", start: String(somewhere.latitude) },
        { name: "longitude", label: t("longitude"), type: "number", start: String(somewhere.longitude) },
      ]}
      onSend={({ name, address, latitude, longitude }) =>
        onSend({
          kind: "place",
          latitude: Number(latitude),
          longitude: Number(longitude),
          ...(name ? { name } : {}),
          ...(address ? { address } : {}),
        })
      }
    >
      <MapTile place={somewhere} className="rounded-md" />
    </AskSheet>
  );
}

const Answers = z.record(z.string(), z.json());

function MessageForm({ sheet, phone, actions, onClose }: OpenSheetProps & { sheet: Sheet & { kind: "form" } }) {
  const t = useTranslations("sandboxPhones.share");
  const trpc = useTRPC();
  const asked = { contactId: phone.contactId, wamid: sheet.wamid };
  const query = useQuery(trpc.sandboxPhones.form.queryOptions(asked));
  const send = (answers: unknown) => {
    const known = Answers.safeParse(answers);
    if (known.success) actions.submitForm(sheet.wamid, known.data);
    onClose();
  };
  if (query.isPending)
    return (
      <PhoneSheet title={sheet.label} onClose={onClose}>
        <p className="flex items-center gap-2 text-sm text-wa-secondary">
          <Spinner />
          {t("loading")}
        </p>
      </PhoneSheet>
    );
  const form = readFlowJson(query.data?.json);
  if (form)
    return (
      <FlowSheet
        form={form}
        start={{ screen: query.data?.screen ?? undefined, data: query.data?.data }}
        onSend={send}
        onClose={onClose}
      />
    );
  return (
    <AskSheet
      title={sheet.label}
      sendLabel={t("send")}
      onClose={onClose}
      questions={[{ name: "json", label: t("answersAsJson"), type: "lines", start: '{\n  "answer": "yes"\n}' }]}
      onSend={({ json = "" }) => send(jsonOrText(json))}
    >
      <p className="text-wa-secondary text-xs">{t("unknownForm")}</p>
    </AskSheet>
  );
}

function jsonOrText(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return { answer: json };
  }
}
