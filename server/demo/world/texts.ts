import type { Topic } from "./act.ts";
import type { Market } from "./markets.ts";

/** What people of the world write. Each text holds a word by which the chatbot knows what it is about. */
const said: Record<Market["locale"], Record<Topic, readonly [string, ...string[]]>> = {
  es: {
    balance: ["¿Cuál es mi saldo?", "Hola, quiero saber mi saldo", "Saldo", "Buenas, ¿cuánto tengo de saldo?"],
    payment: ["¿Cuándo vence mi pago?", "¿De cuánto es mi cuota este mes?", "Hola, mi pago de este mes", "Cuota"],
    statement: ["Necesito mi extracto", "No encuentro mi extracto del mes", "¿Me envían el estado de cuenta?"],
    stop: ["BAJA"],
    other: ["Eso no me sirve, quiero hablar con alguien", "No es lo que pregunté"],
  },
  pt_BR: {
    balance: ["Qual é o meu saldo?", "Oi, quero saber meu saldo", "Saldo", "Quanto tenho de saldo?"],
    payment: ["Quando vence o meu pagamento?", "Qual é o valor da parcela?", "Oi, minha parcela deste mês", "Parcela"],
    statement: ["Preciso do meu extrato", "Não encontro o extrato do mês", "Podem me enviar o extrato?"],
    stop: ["SAIR"],
    other: ["Isso não me ajuda, quero falar com alguém", "Não foi o que perguntei"],
  },
};

export const textsAbout = (topic: Topic, locale: Market["locale"]): readonly [string, ...string[]] =>
  said[locale][topic];

/** The words by which the bank's chatbot knows a topic. */
export const heardAs: Record<"balance" | "payment" | "statement", readonly string[]> = {
  balance: ["saldo"],
  payment: ["pago", "cuota", "pagamento", "parcela"],
  statement: ["extracto", "estado de cuenta", "extrato"],
};
