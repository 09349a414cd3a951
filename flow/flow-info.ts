/** A published flow as others see it. */
export type FlowInfo = {
  id: string;
  name: string;
  /** People enter it now: neither paused nor held. */
  isRunning: boolean;
  /** It starts by what a person writes, so its free messages count on an open window. */
  opensWindow: boolean;
  /** All flows that are run where it is run: itself, those it runs, those that they run. */
  reaches: readonly string[];
};
