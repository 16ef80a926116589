/** `0.1` as the page counts: from one. */
export const unitNames = (names: readonly string[]): string =>
  names
    .map((name) =>
      name
        .split('.')
        .map((part) => Number(part) + 1)
        .join('.'),
    )
    .join(', ')
