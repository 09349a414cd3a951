import type { Graph } from "#flow/graph.ts";
import { heardWords } from "#flow/message-event.ts";
import type { Rule } from "#flow/rule.ts";
import { drawGraph, firstName, step } from "#flow/starters/starter.ts";
import { heardAs } from "./texts.ts";

const heard = (topic: keyof typeof heardAs): Rule => ({
  any: heardAs[topic].map((word) => ({ path: "event.words", op: "contains", value: heardWords(word) })),
});

const money = (path: string) => ({
  from: "path",
  path,
  format: { kind: "money", currencyPath: "enrollment.currency" },
  fallback: null,
});
const answers = { balance: money("enrollment.balanceMinor"), amount: money("enrollment.dueMinor") };
const due = { from: "path", path: "enrollment.dueOn", format: { kind: "date", style: "long" }, fallback: null };

const say = (language: string, body: string, button: string) => ({
  language,
  header: null,
  body,
  footer: null,
  buttons: [{ kind: "quick-reply", id: "agent", text: button }],
  list: null,
});

/** An answer in both languages with a way to a person. The wait outlasts a night: people come back to a chat in the morning. */
const answer = (es: string, pt: string, values: Record<string, unknown>) => ({
  contents: [say("es", es, "Hablar con alguien"), say("pt_BR", pt, "Falar com alguém")],
  values: { first_name: firstName, ...values },
  answerWithin: { amount: 12, unit: "hours" },
});

/** Balance, instalment and statement at once, and a person for whatever is not clear. */
export const drawChatbot = (coreBankingUrl: string): Graph =>
  drawGraph(
    { purpose: "service", reEntry: { mode: "after-exit" } },
    [
      step("trigger", "trigger-message", [0, 0], { match: "any", keywords: [], channel: null, rule: { all: [] } }),
      step(
        "intent",
        "condition",
        [0, 110],
        {
          branches: [
            { id: "balance", name: "Balance", rule: heard("balance") },
            { id: "payment", name: "Instalment", rule: heard("payment") },
            { id: "statement", name: "Statement", rule: heard("statement") },
          ],
        },
        "What do they want?",
      ),
      readAccount("read-balance", [-1.4, 270], coreBankingUrl),
      readAccount("read-payment", [-0.3, 270], coreBankingUrl),
      step(
        "balance",
        "free-message",
        [-1.4, 430],
        answer(
          "Hola {{first_name}}, tienes {{balance}} en tu cuenta.",
          "Olá {{first_name}}, você tem {{balance}} na sua conta.",
          { balance: answers.balance },
        ),
        "Say the balance",
      ),
      step(
        "payment",
        "free-message",
        [-0.3, 430],
        answer(
          "Hola {{first_name}}, tu próxima cuota es de {{amount}} y vence el {{due_date}}.",
          "Olá {{first_name}}, a sua próxima parcela é de {{amount}} e vence em {{due_date}}.",
          { amount: answers.amount, due_date: due },
        ),
        "Say what is due",
      ),
      step(
        "statement",
        "free-message",
        [0.8, 430],
        answer(
          "Hola {{first_name}}, tu extracto está en la aplicación, en Documentos. Cada mes te lo enviamos también por aquí.",
          "Olá {{first_name}}, o seu extrato está no aplicativo, em Documentos. Todo mês também o enviamos por aqui.",
          {},
        ),
        "Where the statement is",
      ),
      step(
        "agent",
        "hand-off",
        [1.9, 690],
        {
          queue: "Support",
          priority: "normal",
          note: "The chatbot did not understand, could not answer, or the customer asked for a person. The whole conversation is above.",
          timeout: { amount: 2, unit: "days" },
        },
        "A person answers",
      ),
    ],
    [
      ["trigger", "next", "intent"],
      ["intent", "balance", "read-balance"],
      ["intent", "payment", "read-payment"],
      ["intent", "statement", "statement"],
      ["intent", "else", "agent"],
      ["read-balance", "ok", "balance"],
      ["read-balance", "failed", "agent"],
      ["read-payment", "ok", "payment"],
      ["read-payment", "failed", "agent"],
      ...["balance", "payment", "statement"].flatMap((id) => [
        [id, "button:agent", "agent"] as const,
        [id, "replied", "agent"] as const,
        [id, "blocked", "agent"] as const,
      ]),
    ],
  );

const readAccount = (id: string, place: readonly [number, number], url: string) =>
  step(
    id,
    "webhook",
    place,
    {
      method: "POST",
      url,
      headers: {},
      body: { customerId: "contact.id", currency: "contact.currency" },
      timeoutSeconds: 5,
      mapping: { balanceMinor: "balanceMinor", dueMinor: "dueMinor", dueOn: "dueOn", currency: "currency" },
    },
    "Read the account",
  );
