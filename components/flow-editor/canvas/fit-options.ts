/** "Zoom to fit": all steps in sight, never smaller than half and never larger than life. */
export const fitOptions = { minZoom: 0.5, maxZoom: 1, padding: 0.08, duration: 200 };
