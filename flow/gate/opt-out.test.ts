import { expect, test } from "vitest";
import { readKeyword } from "./opt-out.ts";

test.each([
  "STOP",
  "stop",
  " Stop. ",
  "STOP!!!",
  "⛔ stop ⛔",
  "Please stop",
  "stop please",
  "ＳＴＯＰ",
  "unsubscribe",
  "opt-out",
  "STOP SVP",
  "ARRET",
  "Arrêt",
  "ARRÊTER",
  "désabonner",
  "Me désabonner",
  "Désabonnez-moi",
  "BAJA",
  "baja por favor",
  "PARAR",
  "Cancelar",
  "SAIR",
  "Pare",
  "रोकें",
  "बंद",
  "बंद करें",
  "कृपया रोकें",
  "stop\n",
])("%s ends all messages", (text) => expect(readKeyword(text)).toBe("stop"));

test.each(["START", "start!", "Reprendre", "ALTA", "Voltar", "शुरू", "शुरू करें", "opt in"])("%s begins them again", (text) =>
  expect(readKeyword(text)).toBe("start"),
);

test.each([
  "Stop my card",
  "Please stop my card",
  "I cannot stop using it",
  "stopped",
  "yes",
  "oui",
  "Bajaj",
  "cancelar minha transferência",
  "",
  "👍",
  "?",
  "1",
  "non stop",
  "stop ".repeat(40),
])("%s is an ordinary message", (text) => expect(readKeyword(text)).toBeNull());
