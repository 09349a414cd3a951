/**
 * True when the text holds a full payment card number, also one written in groups or in other digits than 0 to 9: a number
 * of the length and first digits that a card scheme issues, with a right check digit (ISO/IEC 7812-1, Luhn).
 * A masked number ("•••• 4242") is none.
 */
export function holdsCardNumber(text: string): boolean {
  // Most messages hold a handful of digits, and no card has fewer than thirteen.
  if ((text.match(/\p{Nd}/gu)?.length ?? 0) < 13) return false;
  const plain = text.normalize("NFKC").replace(/\p{Nd}/gu, toWesternDigit);
  return [...plain.matchAll(/\d+(?:[ .\-\u2010-\u2015]\d+)*/g)].some(([run]) => holdsCard(run.split(/\D/)));
}

/** A number may stand beside others ("4111 1111 1111 1111 12/28"), so each row of neighbouring groups is looked at. */
function holdsCard(groups: string[]): boolean {
  return groups.some((_, from) => {
    let digits = "";
    for (const group of groups.slice(from)) {
      // Cards are printed in groups of three digits and more; shorter ones are days, amounts and the like.
      if (digits !== "" && group.length < 3) return false;
      digits += group;
      if (digits.length > 19) return false;
      if (isCardNumber(digits)) return true;
    }
    return false;
  });
}

const schemes = [
  { name: "Visa", digits: /^4(\d{12}|\d{15}|\d{18})$/ },
  { name: "Mastercard", digits: /^(5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})$/ },
  { name: "American Express", digits: /^3[47]\d{13}$/ },
  { name: "Discover", digits: /^6(011\d{2}|5\d{4}|4[4-9]\d{3})\d{10,13}$/ },
  { name: "JCB", digits: /^35(2[89]|[3-8]\d)\d{12,15}$/ },
  { name: "Diners Club", digits: /^3(0[0-5]|[68]\d)\d{11,16}$/ },
  { name: "UnionPay", digits: /^62\d{14,17}$/ },
  { name: "Verve", digits: /^50(6[01]|7[89])\d{12,15}$/ },
];

const isCardNumber = (digits: string): boolean =>
  schemes.some((scheme) => scheme.digits.test(digits)) && hasRightCheckDigit(digits);

function hasRightCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Unicode keeps each script's ten digits in one row that starts at a multiple of ten from its zero. */
function toWesternDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return digit;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
