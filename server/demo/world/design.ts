/**
 * What is true of the world: shares of people, counts per person, delays. Everything people do is drawn from these, so that what the
 * dashboards and experiments of the bank recover can be held against them.
 */
export const design = {
  /** Of all people so many join during the world; the others were customers before. */
  newcomers: 0.12,
  phones: {
    /** Of templates to people who have not written lately. */
    unreachable: 0.05,
    /** People who send no read receipts. */
    hidesReads: 0.15,
    /** Messages that nobody opens. */
    unread: 0.2,
    /** Updates told twice, and calls told out of order. */
    disturbed: 0.05,
    delivered: { medianMs: 4_000, spread: 1 },
    read: { medianMs: 900_000, spread: 1.3 },
  },
  kyc: {
    /** Of newcomers, those who do not finish at once. */
    incomplete: 0.7,
    /** Of those, who comes back without a word of ours, and who does where reminders are sent: 40 % and 15 % are lost. */
    alone: 0.6,
    reminded: 0.85,
    heldOutPercent: 20,
    /** Of those who never come back, who asks for help by the button. */
    asksHelp: 0.1,
  },
  loan: {
    /** Who applies without an offer, and of those assigned to each text of the offer: + 20 % for the variant. */
    alone: 0.02,
    control: 0.04,
    variant: 0.048,
    heldOutPercent: 10,
    /** Of those who get an offer and do not apply: look at it, ask for a call, want no more messages. */
    looks: 0.1,
    asksCall: 0.015,
    stops: 0.0025,
  },
  statement: {
    heldOutPercent: 20,
    /** Questions about the statement per person, where none is pushed and where it is: - 60 %. */
    queriesWithout: 0.36,
    queriesPushed: 0.144,
    asksDetails: 0.08,
  },
  chat: {
    /** Questions about balance and payments per person. */
    questions: 0.2,
    /** Questions that the flow answers to their end; the others go to a person. */
    automated: 0.75,
  },
  csat: { answers: 0.6, happy: 0.9 },
} as const;

export type Design = typeof design;

/**
 * The shares that make the design come out among all who are assigned, also those whom no message reaches: people are only moved by
 * what their phone really got. A first message arrives with `arrives`; where a second follows, either does with `eitherArrives`.
 */
export function leversOf({ phones, kyc, loan, statement }: Design) {
  const arrives = 1 - phones.unreachable;
  const eitherArrives = 1 - phones.unreachable ** 2;
  // Of a loan's two messages the second is the same in both arms, so whom it alone reaches is moved as the control is.
  const byEither = (loan.control - loan.alone) / eitherArrives;
  const byVariant = (loan.variant - loan.alone - (eitherArrives - arrives) * byEither) / arrives;
  return {
    kycMoved: (kyc.reminded - kyc.alone) / eitherArrives,
    loanByEither: byEither,
    loanByVariant: byVariant,
    /** Of the questions about a statement, those that a statement on the phone makes unnecessary. */
    queriesSpared: (1 - statement.queriesPushed / statement.queriesWithout) / arrives,
  };
}
