/** Points are placed by hand, one by one: nobody needs more. */
export const MOST_POINTS = 200

/** A point that is set further out than this is not taken. */
export const FURTHEST_POINT = 1000

/** The checker waits for so many updates, and no longer. */
export const MOST_UPDATES = 2000
