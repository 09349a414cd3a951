import { design } from "./design.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { type Market, markets } from "./markets.ts";

/** Somebody of the world. Amounts are in minor units of the currency. */
export type Person = {
  index: number;
  /** As the bank's own systems name them. */
  id: string;
  firstName: string;
  lastName: string;
  phone: string;
  market: Market;
  creditScore: number;
  /** Joins during the world; everybody else was a customer before. */
  isNewcomer: boolean;
};

export function personOf(seed: number, index: number): Person {
  const draws = drawsOf(seed, "person", index);
  const market = marketFor(draws.next() * 100);
  return {
    index,
    id: `C-${String(index).padStart(6, "0")}`,
    firstName: draws.pick(market.firstNames),
    lastName: `${draws.pick(market.lastNames)} ${draws.pick(market.lastNames)}`,
    phone: phoneOf(market, index, draws),
    market,
    creditScore: draws.whole(650, 851),
    isNewcomer: draws.chance(design.newcomers),
  };
}

function marketFor(percentile: number): Market {
  let upTo = 0;
  for (const market of markets) {
    upTo += market.share;
    if (percentile < upTo) return market;
  }
  const [first] = markets;
  if (!first) throw new Error("The world has no markets.");
  return first;
}

/** Nobody's last four digits begin with 0: those are numbers with which the sandbox does something of its own. */
function phoneOf({ prefixes }: Market, index: number, draws: Draws): string {
  const block = 100 + Math.floor(index / 9_000);
  return `${draws.pick(prefixes)}${String(block).padStart(3, "0")}${1_000 + (index % 9_000)}`;
}
