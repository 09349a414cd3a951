/** The kind of data a dragged palette entry carries: the step's type. */
export const dragType = "application/x-chasqui-step";
