import { z } from "zod";
import type { CallResult } from "../call-result.ts";
import type { Recipient } from "../channel.ts";
import type { ChannelCalls } from "../channel-calls.ts";
import { call, nextOf, Paging, refusal, success } from "./call.ts";

type Place = Parameters<ChannelCalls["block"]>[0];

/** POST /P/messages with status "read". */
export const markRead: ChannelCalls["markRead"] = ({ connection, signal }, { wamid, isTyping }) => {
  const body = {
    messaging_product: "whatsapp",
    status: "read",
    message_id: wamid,
    ...(isTyping && { typing_indicator: { type: "text" } }),
  };
  return call(connection, { path: `${connection.phoneNumberId}/messages`, body, signal }, success);
};

const text = z.string().optional();
const Profile = z.looseObject({
  about: text,
  address: text,
  description: text,
  email: text,
  websites: z.array(z.string()).default([]),
  vertical: text,
  profile_picture_url: text,
});
const profileFields = "about,address,description,email,profile_picture_url,websites,vertical";

/** GET /P/whatsapp_business_profile. A number that has never said anything about itself has an empty profile. */
export const readProfile: ChannelCalls["readProfile"] = ({ connection, signal }) => {
  const path = `${connection.phoneNumberId}/whatsapp_business_profile?fields=${profileFields}`;
  const schema = z.looseObject({ data: z.array(Profile) });
  return call(
    connection,
    { path, method: "GET", signal },
    {
      schema,
      read: ({ data: [profile] }) => ({
        about: profile?.about ?? null,
        address: profile?.address ?? null,
        description: profile?.description ?? null,
        email: profile?.email ?? null,
        websites: profile?.websites ?? [],
        vertical: profile?.vertical ?? null,
        pictureUrl: profile?.profile_picture_url ?? null,
      }),
    },
  );
};

/** POST /P/whatsapp_business_profile. An empty text takes one away. */
export const writeProfile: ChannelCalls["writeProfile"] = ({ connection, signal }, { pictureHandle, ...change }) => {
  const told = Object.entries(change).filter(([, value]) => value !== undefined);
  const body = {
    messaging_product: "whatsapp",
    ...Object.fromEntries(told.map(([name, value]) => [name, value ?? ""])),
    profile_picture_handle: pictureHandle,
  };
  return call(connection, { path: `${connection.phoneNumberId}/whatsapp_business_profile`, body, signal }, success);
};

const Users = z.array(z.looseObject({ input: z.string() })).default([]);
const Blocked = z.looseObject({ block_users: z.looseObject({ added_users: Users, removed_users: Users }) });

/** POST /P/block_users: only people who have written within 24 hours; the others are left out of the answer. */
export const block: ChannelCalls["block"] = (place, people) => changeBlocked(place, "POST", people);

/** DELETE /P/block_users. */
export const unblock: ChannelCalls["unblock"] = (place, people) => changeBlocked(place, "DELETE", people);

async function changeBlocked(
  { connection, signal }: Place,
  method: "POST" | "DELETE",
  people: Recipient[],
): Promise<CallResult<string[]>> {
  if (people.length === 0) return refusal("bug", "Nobody was named");
  const block_users = people.map((person) => ("phone" in person ? { user: person.phone } : { user_id: person.bsuid }));
  const body = { messaging_product: "whatsapp", block_users };
  return call(
    connection,
    { path: `${connection.phoneNumberId}/block_users`, method, body, signal },
    {
      schema: Blocked,
      read: ({ block_users: { added_users, removed_users } }) =>
        (method === "POST" ? added_users : removed_users).map(({ input }) => input),
    },
  );
}

const BlockedList = z.looseObject({
  data: z.array(z.looseObject({ wa_id: text, user_id: text })),
  paging: Paging,
});

/** GET /P/block_users. */
export const listBlocked: ChannelCalls["listBlocked"] = ({ connection, signal }, { after }) => {
  const query = new URLSearchParams({ limit: "100", ...(after === null ? {} : { after }) });
  return call(
    connection,
    { path: `${connection.phoneNumberId}/block_users?${query}`, method: "GET", signal },
    {
      schema: BlockedList,
      read: ({ data, paging }) => ({
        items: data.flatMap((user) => user.wa_id ?? user.user_id ?? []),
        next: nextOf(paging),
      }),
    },
  );
};
