/** The element id of the palette's search field. */
export const paletteSearchId = "palette-search";
