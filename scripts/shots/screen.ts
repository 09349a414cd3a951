import type { Page } from "@playwright/test";

export type Screen = {
  name: string;
  path: string;
  /** The demo person who looks at it; signed out without one. */
  as?: "owner" | "maker" | "checker" | "agent" | "analyst";
  /** Brings the screen into the state to look at. */
  act?: (page: Page) => Promise<void>;
  /** The whole page, not only the window. */
  isLong?: boolean;
  /** Takes back what `act` changed for the pictures that come after it. */
  after?: (page: Page) => Promise<void>;
  /** Pictured on a phone as well. */
  fitsPhone?: boolean;
  /** Pictured when the demo's loan experiment has 24 days behind it (fillExperiment). */
  isFilled?: boolean;
  /** Pictured while the demo is busy (BusyDemo). */
  isBusy?: boolean;
  /** Pictured after weeks of a bank's messages were made up (fillDashboard). */
  hasNumbers?: boolean;
  /**
   * Pictured while WhatsApp has stopped a template and people hold for it, with a second account, and after an event that let nobody
   * in (holding-demo.ts).
   */
  isHolding?: boolean;
  /** Pictured after every kind of message was brought onto the demo phones (fillPhones). */
  hasAllKinds?: boolean;
};
