import type { Act, Got } from "./act.ts";
import { design, leversOf } from "./design.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { applied, completed, type Life } from "./life.ts";
import { textsAbout } from "./texts.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Whoever is moved by a message acts within this, while the flow still waits for it. */
const moodHours = 70;

/** What a person has done by now because of what came. Changed by `react`; begins empty. */
export type Memory = {
  hasCompleted: boolean;
  hasApplied: boolean;
  hasStopped: boolean;
  hasStatement: boolean;
  got: number;
};

export const noMemory = (): Memory => ({
  hasCompleted: false,
  hasApplied: false,
  hasStopped: false,
  hasStatement: false,
  got: 0,
});

/** What somebody does because of a message that is on their phone now. The same life and messages give the same acts. */
export function react(life: Life, memory: Memory, got: Got): Act[] {
  memory.got += 1;
  const draws = drawsOf(life.span.seed, "reacts", life.person.index, memory.got);
  switch (got.template) {
    case "kyc_reminder_1":
    case "kyc_reminder_2":
      return toReminder(life, memory, { got, draws });
    case "loan_offer_apply":
    case "loan_offer_get":
    case "loan_reminder":
      return toOffer(life, memory, { got, draws });
    case "statement_ready":
      memory.hasStatement = true;
      return draws.chance(design.statement.asksDetails) ? answer(got, draws.logNormal(2 * hourMs, 1, 20 * hourMs)) : [];
    case null:
      return toWords(life, { got, draws });
    default:
      return [];
  }
}

/** Whether they still do what they would have done without any message: what is on the phone may have made it needless. */
export function isStillMeant({ span, person }: Life, memory: Memory, act: Act): boolean {
  if (act.sparedBy !== "statement" || !memory.hasStatement) return true;
  // By the moment, so that each of several questions has a chance of its own, and what is told of it the same.
  return !drawsOf(span.seed, "spared", person.index, act.at).chance(leversOf(design).queriesSpared);
}

type Occasion = { got: Got; draws: Draws };

function toReminder({ temper }: Life, memory: Memory, { got, draws }: Occasion): Act[] {
  if (temper.kyc === "moved" && !memory.hasCompleted) {
    memory.hasCompleted = true;
    const after = draws.logNormal(8 * hourMs, 1.1, moodHours * hourMs);
    return [...open(got, after), completed(got.at + after + 12 * minuteMs)];
  }
  const asksHelp = temper.kyc === "never" && got.template === "kyc_reminder_1" && draws.chance(design.kyc.asksHelp);
  return asksHelp ? answer(got, draws.logNormal(3 * hourMs, 1, 20 * hourMs)) : [];
}

function toOffer({ temper, person }: Life, memory: Memory, { got, draws }: Occasion): Act[] {
  const after = draws.logNormal(16 * hourMs, 1, moodHours * hourMs);
  if (isMoved(temper.loan, got.template)) {
    if (memory.hasApplied) return [];
    memory.hasApplied = true;
    return [...open(got, after), applied(person, got.at + after + 9 * minuteMs)];
  }
  // Whoever applies has nothing else to say about the offer.
  if (temper.loan !== "never" || memory.hasStopped || got.template === "loan_reminder") return [];
  const fate = draws.next();
  const { stops, asksCall, looks } = design.loan;
  if (fate < stops) {
    memory.hasStopped = true;
    const text = draws.pick(textsAbout("stop", person.market.locale));
    return [{ at: Math.round(got.at + after), kind: "say", text, about: "stop" }];
  }
  if (fate < stops + asksCall) return answer(got, after);
  return fate < stops + asksCall + looks ? open(got, after) : [];
}

const isMoved = (loan: Life["temper"]["loan"], template: string | null): boolean =>
  loan === "by-either" || (loan === "by-variant" && template === "loan_offer_get");

/** To an answer of the chatbot, and to the question how it was. */
function toWords({ person }: Life, { got, draws }: Occasion): Act[] {
  const soon = draws.logNormal(4 * minuteMs, 0.8, 40 * minuteMs);
  const score = got.buttons.some(({ kind, id }) => kind === "row" && id.startsWith("score-"));
  if (score) return draws.chance(design.csat.answers) ? [scoring(got, draws, soon)] : [];
  if (!got.buttons.some(({ id }) => id === "agent")) return [];
  if (draws.chance(design.chat.automated)) {
    const at = Math.round(got.at + soon + 20 * minuteMs);
    return [{ at, kind: "track", event: "conversation.closed", properties: { queue: "Chatbot" } }];
  }
  if (draws.chance(0.5)) return [tapping(got, "agent", soon)];
  const text = draws.pick(textsAbout("other", person.market.locale));
  return [{ at: Math.round(got.at + soon), kind: "say", text, about: "other" }];
}

function scoring(got: Got, draws: Draws, after: number): Act {
  const score = draws.chance(design.csat.happy) ? draws.pick([5, 5, 4]) : draws.pick([3, 2, 1]);
  return tapping(got, `score-${score}`, after);
}

/** By the first button that answers; a message without any is not answered. */
function answer(got: Got, after: number): Act[] {
  const button = got.buttons.findIndex(({ kind }) => kind === "answer");
  return button < 0 ? [] : [{ at: Math.round(got.at + after), kind: "tap", wamid: got.wamid, button }];
}

function open(got: Got, after: number): Act[] {
  const button = got.buttons.findIndex(({ kind }) => kind === "link");
  return button < 0 ? [] : [{ at: Math.round(got.at + after), kind: "open", wamid: got.wamid, button }];
}

function tapping(got: Got, id: string, after: number): Act {
  const at = got.buttons.findIndex((button) => button.id === id);
  const button = got.buttons[at];
  return {
    at: Math.round(got.at + after),
    kind: "tap",
    wamid: got.wamid,
    button: button?.kind === "row" ? id : at,
  };
}
