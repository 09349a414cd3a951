import { closeSync, createReadStream, existsSync, ftruncateSync, mkdirSync, openSync, write } from "node:fs";
import path from "node:path";

type Waiter = { done: () => void; failed: (error: Error) => void };

/**
 * An append-only file of JSON lines. Lines that arrive while a write is under way leave together in the next one (group
 * commit). A written line survives the death of the process (kill -9); it is not fsynced, so a power cut may take the last ones.
 */
export class Ledger {
  readonly #file: number;
  readonly #path: string;
  #lines: string[] = [];
  #waiters: Waiter[] = [];
  #isWriting = false;

  private constructor(file: number, filePath: string) {
    this.#file = file;
    this.#path = filePath;
  }

  /** Opens or makes the file and hands every whole line to `replay`, oldest first. A torn last line is cut off. */
  static async open(filePath: string, replay: (line: unknown) => void): Promise<Ledger> {
    mkdirSync(path.dirname(filePath), { recursive: true });
    const wholeBytes = existsSync(filePath) ? await replayLines(filePath, replay) : 0;
    const file = openSync(filePath, "a+");
    ftruncateSync(file, wholeBytes);
    return new Ledger(file, filePath);
  }

  /** Resolves when the line is in the operating system's hands. */
  append(record: object): Promise<void> {
    return new Promise((done, failed) => {
      this.#lines.push(JSON.stringify(record));
      this.#waiters.push({ done, failed });
      if (!this.#isWriting) {
        this.#isWriting = true;
        setImmediate(() => this.#flush());
      }
    });
  }

  /** Hands every line that is written by now to `read`, oldest first. */
  async read(read: (line: unknown) => void): Promise<void> {
    await replayLines(this.#path, read);
  }

  /** Forgets everything. Only between writes: callers wait for their appends first. */
  async clear(): Promise<void> {
    await this.append({ k: "cleared" });
    ftruncateSync(this.#file, 0);
  }

  /** Waits for what is being written, then closes the file. */
  async close(): Promise<void> {
    await this.append({ k: "closed" });
    closeSync(this.#file);
  }

  #flush(): void {
    if (this.#lines.length === 0) {
      this.#isWriting = false;
      return;
    }
    const waiters = this.#waiters;
    const bytes = Buffer.from(`${this.#lines.join("\n")}\n`);
    this.#lines = [];
    this.#waiters = [];
    writeAll(this.#file, bytes, (error) => {
      for (const waiter of waiters) error ? waiter.failed(error) : waiter.done();
      this.#flush();
    });
  }
}

function writeAll(file: number, bytes: Buffer, done: (error: Error | null) => void): void {
  write(file, bytes, (error, written) => {
    if (error || written === bytes.length) done(error);
    else writeAll(file, bytes.subarray(written), done);
  });
}

/** Answers how many bytes belong to whole lines. Split by hand: readline would also break lines at U+2028 inside a string. */
async function replayLines(filePath: string, replay: (line: unknown) => void): Promise<number> {
  let wholeBytes = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(filePath, { highWaterMark: 1 << 20 })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = rest.indexOf(10, start); end !== -1; end = rest.indexOf(10, start)) {
      replay(JSON.parse(rest.toString("utf8", start, end)));
      wholeBytes += end + 1 - start;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  return wholeBytes;
}
