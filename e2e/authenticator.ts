import { expect } from "@playwright/test";
import { Secret, TOTP } from "otpauth";

const stepMs = 30_000;

/** The app on a person's phone. It never shows the same code twice: each counts once. */
export class Authenticator {
  readonly #app: TOTP;
  #lastStep = 0;

  constructor(typedSecret: string) {
    this.#app = new TOTP({ secret: Secret.fromBase32(typedSecret.replaceAll(/\s/g, "")) });
  }

  /** A code that counts now and was not shown before; the next half minute's counts, too. */
  async nextCode(): Promise<string> {
    const step = () => Math.max(this.#lastStep + 1, Math.floor(Date.now() / stepMs));
    await expect.poll(() => step() * stepMs - Date.now(), { timeout: 60_000 }).toBeLessThan(stepMs - 2_000);
    this.#lastStep = step();
    return this.lastCode();
  }

  lastCode(): string {
    return this.#app.generate({ timestamp: this.#lastStep * stepMs });
  }
}
