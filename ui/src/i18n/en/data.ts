/** Words of the data feature. */

export const data = {};
