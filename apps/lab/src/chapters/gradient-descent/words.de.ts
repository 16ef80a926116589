import type { SurfaceMessages } from '../../locales/bench-messages.ts'

export const surface: SurfaceMessages = {
  panels: { world: 'Welt: der Verlust als Landkarte', machine: 'Maschine: der nächste Schritt' },
  map: 'Landkarte des Verlusts',
  mapNote:
    'Klick auf die Karte, um anderswo zu beginnen. Jede Linie verbindet Orte mit gleichem Verlust; nach innen wird es tiefer.',
  start: (w1, w2) => `Start: w₁ = ${w1}, w₂ = ${w2}. Die Pfeiltasten verschieben ihn.`,
  gradientOf: (name) => `Steigung entlang ${name}`,
  stepLength: 'Nächster Schritt',
  curvature: 'Krümmung λmax',
  product: 'Rate × λmax',
  distance: 'Zum tiefsten Punkt',
  settled: 'Näher als 0,001 seit Schritt',
  notSettled: 'noch nicht',
  profileNone: 'Der nächste Schritt führt zu Zahlen, die zu groß sind, um sie zu sagen.',
  recentNone: 'Noch wurde kein Schritt gegangen.',
  twin: {
    place: ({ w1, w2, loss }) => `Es steht bei w₁ = ${w1}, w₂ = ${w2}; dort ist der Verlust ${loss}.`,
    lowest: ({ w1, w2, distance }) => `Der tiefste Punkt liegt bei w₁ = ${w1}, w₂ = ${w2}, ${distance} entfernt.`,
    down: ({ g1, g2, size }) => `Der Gradient ist (${g1}; ${g2}), ${size} lang: Hinab geht es in die andere Richtung.`,
    curvature: ({ largest, product }) => `Die Krümmung ist höchstens ${largest}; mal der Lernrate ist das ${product}.`,
    next: ({ length, promised, actual }) =>
      `Der nächste Schritt ist ${length} lang. Die Steigung verspricht einen Verlust von ${promised}; es werden ${actual}.`,
    walked: ({ steps, from, to }) => `In ${steps} Schritten ging der Verlust von ${from} auf ${to}.`,
    batches: ({ count, spread }) =>
      `Die ${count} Stapel dieser Epoche führten an Orte, die bis zu ${spread} auseinanderliegen.`,
  },
}
