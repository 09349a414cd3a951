/**
 * French sets a space before ":", ";", "?", "!" and inside "« »" at which no line may end. In the texts it is written as a plain space,
 * which everybody can type and see; here all of them become fixed at once.
 */
export const withFixedSpaces = <Texts>(texts: Texts): Texts =>
  JSON.parse(JSON.stringify(texts).replaceAll(/ (?=[:;?!»])|(?<=«) /g, "\u00a0"));
