import type { Effect } from "../effect.ts";
import { pickLanguage } from "../pick-language.ts";
import { renderMessage } from "../render-message.ts";
import type { SimulatedMessage, Simulation } from "./simulation.ts";

/** Puts a message in front of the gate and asks it at once. */
export function queueMessage(
  sim: Simulation,
  enrollmentId: string,
  effect: Extract<Effect, { kind: "send" }>,
): Simulation {
  const info = sim.catalog.templates.find((template) => template.name === effect.template);
  const language = info ? pickLanguage(info, sim.contact.locale, sim.workspaceLanguage) : null;
  // No code is made here: the address only shows where a link would be.
  const links = Object.fromEntries(Object.keys(effect.links).map((variable) => [variable, `#${variable}`]));
  const rendered = language
    ? renderMessage(language, effect.values, links)
    : {
        content: { header: null, body: effect.template, footer: null, buttons: [] },
        text: effect.template,
        missing: [],
      };
  const id = `m${sim.messages.length + 1}`;
  const { nodeId, visit, purpose, template, sendingHours, collects, dropAfterMinutes, templateHoldHours } = effect;
  const message: SimulatedMessage = {
    id,
    direction: "outbound",
    at: sim.now,
    status: "queued",
    reason: null,
    until: null,
    expiresAt: dropAfterMinutes === null ? null : sim.now + dropAfterMinutes * 60_000,
    enrollmentId,
    nodeId,
    visit,
    purpose,
    template,
    language: language?.language ?? null,
    ...rendered,
    sendingHours,
    collects: collects === true,
    templateHoldHours: templateHoldHours ?? null,
    checks: [],
  };
  // The core is still busy with the step that sends: the message leaves when the action is through.
  return plan({ ...sim, messages: [...sim.messages, message] }, { at: sim.now, kind: "gate", messageId: id });
}

/** Notes what will happen by itself. */
export const plan = (sim: Simulation, planned: Simulation["planned"][number]): Simulation => ({
  ...sim,
  planned: [...sim.planned, planned],
});
