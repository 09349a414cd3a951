/**
 * Loaded before a worker: its machine's clock is wrong by FAULT_CLOCK_AHEAD_MS, and goes back by FAULT_CLOCK_BACK_MS after
 * FAULT_CLOCK_AFTER_MS. What counts the time that goes by (performance.now, timers) cannot be set on a real machine either.
 */
const ahead = Number(process.env.FAULT_CLOCK_AHEAD_MS ?? 0);
const back = Number(process.env.FAULT_CLOCK_BACK_MS ?? 0);
const after = Number(process.env.FAULT_CLOCK_AFTER_MS ?? 0);

if (ahead !== 0 || back !== 0) {
  const TrueDate = Date;
  const wrongNow = () => TrueDate.now() + ahead - (performance.now() >= after ? back : 0);
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given: [], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [wrongNow()] : given, newTarget),
    apply: () => new TrueDate(wrongNow()).toString(),
    get: (target, name, receiver) => (name === "now" ? wrongNow : Reflect.get(target, name, receiver)),
  });
}
