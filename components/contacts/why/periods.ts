/** As far back as events are kept. */
export const longestDays = 400;

/** Days back that the picker offers. */
export const periods = [1, 7, 30, 90, longestDays] as const;
