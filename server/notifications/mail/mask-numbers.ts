/** Six digits or more, also when written in groups: a phone, card or account number, which no mail may carry. */
const longNumber = /\d(?:[ .\-/()]?\d){5,}/g;

/** What somebody wrote, with every long number down to its last two digits: "+221 77 123 45 67" becomes "+•••67". */
export const maskNumbers = (text: string): string => text.replace(longNumber, (found) => `•••${found.slice(-2)}`);
