/** Things that will happen, by their time; of two at one moment the one that was put in first comes first. A binary heap. */
export class Agenda<Item> {
  #heap: Entry<Item>[] = [];
  #count = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** The time of what comes next; Infinity when nothing will. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, item: Item): void {
    const heap = this.#heap;
    const entry = { at, order: this.#count++, item };
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >>> 1;
      const parent = heap[above];
      if (!parent || !isBefore(entry, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  /** Takes out what comes next; undefined when nothing will. */
  take(): { at: number; item: Item } | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (!one) break;
      const isRight = other !== undefined && isBefore(other, one);
      const child = isRight ? other : one;
      if (!isBefore(child, last)) break;
      heap[place] = child;
      place = isRight ? left + 1 : left;
    }
    heap[place] = last;
    return first;
  }
}

type Entry<Item> = { at: number; order: number; item: Item };

const isBefore = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
