import type { Effect } from "../effect.ts";
import { alwaysApproved } from "../free-message.ts";
import { pickLanguage } from "../pick-language.ts";
import { renderFree } from "../render-free.ts";
import { type Rendering, renderMessage } from "../render-message.ts";
import type { SimulatedMessage, Simulation } from "./simulation.ts";

/** Puts a message in front of the gate and asks it at once. */
export function queueMessage(
  sim: Simulation,
  enrollmentId: string,
  effect: Extract<Effect, { kind: "send" }>,
): Simulation {
  const { language, ...rendered } = write(sim, effect);
  const id = `m${sim.messages.length + 1}`;
  const { nodeId, visit, purpose, template, sendingHours, collects, capPerDay, dropAfterMinutes, templateHoldHours } =
    effect;
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
    language,
    ...rendered,
    sendingHours,
    collects: collects === true,
    capPerDay: capPerDay ?? null,
    templateHoldHours: templateHoldHours ?? null,
    checks: [],
  };
  // The core is still busy with the step that sends: the message leaves when the action is through.
  return plan({ ...sim, messages: [...sim.messages, message] }, { at: sim.now, kind: "gate", messageId: id });
}

/** What the person would read: the language of the template, or of what the step says itself, that is nearest to theirs. */
function write(sim: Simulation, effect: Extract<Effect, { kind: "send" }>): Rendering & { language: string | null } {
  const { template, free, values } = effect;
  const wishes = [sim.contact.locale, sim.workspaceLanguage] as const;
  // No code is made here: the address only shows where a link would be.
  const links = Object.fromEntries(Object.keys(effect.links).map((variable) => [variable, `#${variable}`]));
  const said = free && pickLanguage(alwaysApproved(free), ...wishes);
  if (said) return { language: said.language, ...renderFree(said, values, links) };
  const info = sim.catalog.templates.find(({ name }) => name === template);
  const language = info && pickLanguage(info, ...wishes);
  if (language) return { language: language.language, ...renderMessage(language, values, links) };
  const name = template ?? "";
  return { language: null, content: { header: null, body: name, footer: null, buttons: [] }, text: name, missing: [] };
}

/** Notes what will happen by itself. */
export const plan = (sim: Simulation, planned: Simulation["planned"][number]): Simulation => ({
  ...sim,
  planned: [...sim.planned, planned],
});
