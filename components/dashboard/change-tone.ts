/** The ink of a change. Only one that is more than chance has a colour. */
export const changeTone = (isGood: boolean | null): string =>
  isGood === null ? "text-secondary" : isGood ? "text-success" : "text-danger";
