import { deliver } from "./send-event.ts";

export type Customer = { userId: string; firstName: string; lastName: string; phone: string };

/** Makes so many customers of this run's own, who have agreed to messages of service. */
export async function addCrowd(baseUrl: string, size: number): Promise<Customer[]> {
  const run = Date.now();
  const people = Array.from({ length: size }, (_, index) => ({
    userId: `crowd-${run}-${index}`,
    firstName: "Yaw",
    lastName: `Boateng ${run}-${index}`,
    // The last four digits stay clear of those that the sandbox fails by (0026, 0042, ...).
    phone: `+23324${String(Math.floor(run / 1000) % 1000).padStart(3, "0")}${1000 + index}`,
  }));
  await deliver(baseUrl, (analytics) => {
    for (const { userId, ...traits } of people)
      analytics.identify({ userId, traits: { ...traits, locale: "en", whatsappConsent: ["service"] } });
  });
  return people;
}

/** One event for each of them. */
export const sendToAll = (baseUrl: string, people: Customer[], event: string): Promise<void> =>
  deliver(baseUrl, (analytics) => {
    for (const { userId } of people)
      analytics.track({ userId, event, properties: { amount: "120 GHS", reference: `PAY-${userId}` } });
  });
