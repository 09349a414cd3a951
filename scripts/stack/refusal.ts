/** Why a start ends: one sentence for the operator, printed without a stack trace. */
export class Refusal extends Error {
  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = "Refusal";
  }
}
