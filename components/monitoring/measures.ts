/** Shared by what is shown and what holds its place until then. */
export const chartHeight = "h-52";
export const tilesGrid = "grid grid-cols-2 gap-3 lg:grid-cols-4";
export const chartsGrid = "grid grid-cols-1 gap-4 xl:grid-cols-2";
