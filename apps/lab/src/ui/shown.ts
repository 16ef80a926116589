const SUBSCRIPTS: Readonly<Record<string, string>> = { '1': '₁', '2': '₂', '3': '₃' }

/** `w11` as w₁₁. */
export const shown = (name: string): string => name.replace(/\d/g, (digit) => SUBSCRIPTS[digit] ?? digit)
