import type { Facts, ProviderMessage } from "../ledger/facts.ts";
import type { MadeEvent } from "../load/made-event.ts";
import { isSilent, type Person } from "../world/person.ts";

/** Each first message at the provider with the event that it is about. */
export function messagesOfEvents({ provider, events, flows }: Facts): { event: MadeEvent; message: ProviderMessage }[] {
  const byRef = new Map(events.map((event) => [event.ref, event]));
  const firsts = new Set(flows.map(({ firstTemplate }) => firstTemplate));
  return provider.flatMap((message) => {
    const event = byRef.get(message.eventRef ?? "");
    return event && firsts.has(message.template) ? [{ event, message }] : [];
  });
}

/** Service and marketing messages at the provider, which quiet hours hold for, with their people; not those to who wrote. */
export function messagesThatRest({ provider, people }: Facts): { person: Person; message: ProviderMessage }[] {
  const byPhone = new Map(people.map((person) => [person.phone.slice(1), person]));
  return provider.flatMap((message) => {
    const person = byPhone.get(message.to);
    const rests = message.purpose === "service" || message.purpose === "marketing";
    return person && rests && isSilent(person) ? [{ person, message }] : [];
  });
}
