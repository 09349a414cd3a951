type Entry<T> = { dueAt: number; order: number; item: T };

/** A priority queue by due time (binary heap); items due at the same time come out in the order they went in. */
export class DueQueue<T> {
  readonly #heap: Entry<T>[] = [];
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** When the first item is due, or null. */
  get nextDueAt(): number | null {
    return this.#heap[0]?.dueAt ?? null;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  add(dueAt: number, item: T): void {
    const heap = this.#heap;
    const entry = { dueAt, order: this.#order++, item };
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || isBefore(above, entry)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  /** Takes the first item that is due at `now`, or undefined. */
  take(now: number): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (!first || first.dueAt > now) return undefined;
    const last = heap.pop();
    if (last && last !== first) this.#sink(last);
    return first.item;
  }

  #sink(entry: Entry<T>): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      if (!left) break;
      const right = heap[2 * index + 2];
      const [child, at] = right && isBefore(right, left) ? [right, 2 * index + 2] : [left, 2 * index + 1];
      if (isBefore(entry, child)) break;
      heap[index] = child;
      index = at;
    }
    heap[index] = entry;
  }
}

const isBefore = <T>(a: Entry<T>, b: Entry<T>) => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order);
