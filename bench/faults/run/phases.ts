/** Where a run's wall time goes. The time since the last `enter` belongs to the phase entered then. */
export class Phases {
  readonly #seconds = new Map<string, number>();
  #name: string | null = null;
  #since = performance.now();

  enter(name: string | null): void {
    const now = performance.now();
    if (this.#name !== null)
      this.#seconds.set(this.#name, (this.#seconds.get(this.#name) ?? 0) + (now - this.#since) / 1000);
    this.#name = name;
    this.#since = now;
  }

  /** "open 0.4, load 12.1": in the order of first appearance. */
  toString(): string {
    return [...this.#seconds].map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(", ");
  }
}
