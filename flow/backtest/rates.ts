import { bucket } from "../bucket.ts";
import type { Act } from "./history.ts";

/**
 * How people took the messages of one template, measured: shares of 0 to 1 of what left, and the time that half of them took. What
 * the replay goes by where no live message tells.
 */
export type TemplateRates = {
  /** Messages it was measured on; 0: nothing was, the figures are those of all templates, or assumed. */
  measured: number;
  failed: number;
  read: number;
  readAfterMs: number;
  /** By button id. */
  taps: Readonly<Record<string, number>>;
  tapAfterMs: number;
  /** By link variable. */
  clicks: Readonly<Record<string, number>>;
};

export type Rates = {
  byTemplate: ReadonlyMap<string, TemplateRates>;
  /** For a template that nobody has sent yet. */
  usual: TemplateRates;
  /** The same seed draws the same lots. */
  seed: string;
};

/** Before anything was measured: everything arrives, most of it is read, nobody answers. */
export const assumedRates: TemplateRates = {
  measured: 0,
  failed: 0,
  read: 0.75,
  readAfterMs: 5 * 60_000,
  taps: {},
  tapAfterMs: 10 * 60_000,
  clicks: {},
};

/** What becomes of a message, as drawn. `failsAfterMs` null: it arrives. */
export type DrawnFate = { failsAfterMs: number | null; readAfterMs: number | null; acts: Act[] };

const deliveredAfterMs = 2_000;

/** Draws one person's lot for one message. The same place in the same replay draws the same lot. */
export function drawFate(rates: Rates, template: string, place: string): DrawnFate {
  const { failed, read, readAfterMs, taps, tapAfterMs, clicks } = rates.byTemplate.get(template) ?? rates.usual;
  const lot = (of: string) => bucket(`${rates.seed} ${of}`, place);
  if (failed > 0 && lot("failed") < failed) return { failsAfterMs: deliveredAfterMs, readAfterMs: null, acts: [] };
  const tapped = pick(taps, () => lot("tap"));
  const clicked = pick(clicks, () => lot("click"));
  const acts: Act[] = [
    ...(tapped === null
      ? []
      : [
          {
            afterMs: spread(tapAfterMs, lot("when")),
            signal: { kind: "button", buttonId: tapped, text: tapped } as const,
          },
        ]),
    ...(clicked === null
      ? []
      : [{ afterMs: spread(tapAfterMs, lot("click when")), signal: { kind: "click", slot: clicked } as const }]),
  ].sort((one, other) => one.afterMs - other.afterMs);
  const isRead = acts.length > 0 || lot("read") < read;
  const soonest = acts[0]?.afterMs ?? Number.POSITIVE_INFINITY;
  return {
    failsAfterMs: null,
    readAfterMs: isRead ? Math.min(soonest, deliveredAfterMs + spread(readAfterMs, lot("read when"))) : null,
    acts,
  };
}

/** Lots lie one after another on a line, each as long as its share; behind them nothing is drawn. */
function pick(shares: Readonly<Record<string, number>>, draw: () => number): string | null {
  const entries = Object.entries(shares);
  const lot = entries.length > 0 ? draw() : 1;
  let reached = 0;
  for (const [name, share] of entries) {
    reached += share;
    if (lot < reached) return name;
  }
  return null;
}

/** Half of the lots come before the median, and none takes longer than a week: waiting times with one rate of coming. */
const spread = (medianMs: number, lot: number): number =>
  Math.min(7 * 86_400_000, Math.round((-Math.log2(1 - Math.min(lot, 0.9999)) || 0) * medianMs));
