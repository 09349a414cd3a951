class ControlError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A refusal of the control plane with its HTTP status. */
export const controlError = Object.assign((status: number, message: string) => new ControlError(status, message), {
  statusOf: (error: unknown): number => (error instanceof ControlError ? error.status : 500),
});
