/** Programs that are kept at most, of single evaluations and in every compiled function; the least recently used goes first. */
export const MAXIMUM_PROGRAMS = 64
