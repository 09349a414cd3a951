import { asDrafts, day, defineStarter, drawGraph, firstName, money, step, under } from "./starter.ts";

const pay = { from: "link", kind: "tracked", target: "https://bank.example/pay", validHours: 336 };
const blanks = {
  first_name: firstName,
  amount: money("event.amount"),
  due_date: day("event.dueDate"),
  "link.pay": pay,
};
const until = (hours: number) => ({
  sources: [{ kind: "event", id: "paid", event: "payment.received" }],
  timeout: { amount: hours, unit: "hours" },
});
const samples = { first_name: "Ananya", amount: "₹\u00a012,400", due_date: "24 November 2026" };
const handOff = (note: string) => ({
  queue: "Collections",
  priority: "normal",
  note,
  timeout: { amount: 3, unit: "days" },
});

/** One reminder, one more, then a person; only in collections hours, and each invoice counted by itself. */
export const paymentReminder = defineStarter({
  id: "payment-reminder",
  category: "lending",
  sampleEvent: {
    name: "payment.due",
    properties: { invoiceId: "INV-3107", amount: 1240000, currency: "INR", dueDate: "2026-11-24T00:00:00Z" },
  },
  draw: (say) =>
    drawGraph(
      {
        purpose: "service",
        goal: {
          event: "payment.received",
          windowHours: 336,
          value: { path: "event.amount", currencyPath: "event.currency" },
        },
        enrollmentKey: "event.invoiceId",
        reEntry: { mode: "after-exit" },
        sendingHours: { from: "08:00", to: "19:00" },
        collects: true,
      },
      [
        step("trigger", "trigger-event", [0, 0], { event: "payment.due", rule: { all: [] } }),
        step(
          "first",
          "send",
          [0, 110],
          { template: "payment_reminder", values: blanks },
          say("Before the due date", "Avant l’échéance"),
        ),
        step("wait-1", "wait-until", [0, 400], until(48), say("Two days to pay", "Deux jours pour payer")),
        step(
          "second",
          "send",
          [under(1), 560],
          { template: "payment_reminder_2", values: blanks },
          say("Second reminder", "Seconde relance"),
        ),
        step("wait-2", "wait-until", [under(1), 850], until(72), say("Three more days", "Trois jours de plus")),
        step("paid", "goal", [-0.6, 1010], { name: say("Paid", "Payé") }),
        step(
          "collections",
          "hand-off",
          [under(2), 1010],
          handOff(
            say("Two reminders, and the payment has not come.", "Deux relances, et le paiement n’est pas arrivé."),
          ),
          say("Collections calls", "Le recouvrement appelle"),
        ),
        step(
          "wants-auto-pay",
          "update-contact",
          [1.4, 400],
          { changes: [{ op: "add-tag", tag: "wants auto-pay" }] },
          say("Remember the wish", "Noter le souhait"),
        ),
        step(
          "auto-pay",
          "hand-off",
          [1.4, 520],
          handOff(
            say(
              "The customer wants to set up auto-pay. Send the mandate by a signed link.",
              "Le client veut le prélèvement automatique. Envoyez le mandat par un lien signé.",
            ),
          ),
          say("Set up auto-pay", "Mettre en place le prélèvement"),
        ),
      ],
      [
        ["trigger", "next", "first"],
        ["first", "next", "wait-1"],
        ["first", "button:auto-pay", "wants-auto-pay"],
        ["wait-1", "paid", "paid"],
        ["wait-1", "timeout", "second"],
        ["second", "next", "wait-2"],
        ["second", "button:auto-pay", "wants-auto-pay"],
        ["wait-2", "paid", "paid"],
        ["wait-2", "timeout", "collections"],
        ["wants-auto-pay", "next", "auto-pay"],
      ],
    ),
  templates: asDrafts([
    {
      name: "payment_reminder",
      category: "utility",
      samples,
      languages: [
        {
          language: "en",
          header: null,
          body: "Hello {{first_name}}, your payment of {{amount}} is due on {{due_date}}. You can pay it now in a minute, or let us take it on time by auto-pay.",
          footer: null,
          buttons: [
            { kind: "link", id: "pay", text: "Pay now" },
            { kind: "quick-reply", id: "auto-pay", text: "Auto-pay" },
          ],
        },
        {
          language: "fr",
          header: null,
          body: "Bonjour {{first_name}}, votre échéance de {{amount}} est à régler le {{due_date}}. Vous pouvez la payer maintenant en une minute, ou la confier au prélèvement automatique.",
          footer: null,
          buttons: [
            { kind: "link", id: "pay", text: "Payer maintenant" },
            { kind: "quick-reply", id: "auto-pay", text: "Prélèvement auto" },
          ],
        },
      ],
    },
    {
      name: "payment_reminder_2",
      category: "utility",
      samples,
      languages: [
        {
          language: "en",
          header: null,
          body: "Hello {{first_name}}, we have not received your payment of {{amount}} that was due on {{due_date}} yet. If you have just paid, please ignore this message.",
          footer: null,
          buttons: [
            { kind: "link", id: "pay", text: "Pay now" },
            { kind: "quick-reply", id: "auto-pay", text: "Auto-pay" },
          ],
        },
        {
          language: "fr",
          header: null,
          body: "Bonjour {{first_name}}, nous n’avons pas encore reçu votre échéance de {{amount}} du {{due_date}}. Si vous venez de payer, ne tenez pas compte de ce message.",
          footer: null,
          buttons: [
            { kind: "link", id: "pay", text: "Payer maintenant" },
            { kind: "quick-reply", id: "auto-pay", text: "Prélèvement auto" },
          ],
        },
      ],
    },
  ]),
});
