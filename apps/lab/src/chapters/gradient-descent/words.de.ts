import type { SurfaceMessages } from '../../locales/messages.ts'

export const surface: SurfaceMessages = {
  panels: { world: 'Welt: der Verlust als Landkarte', machine: 'Maschine: der nächste Schritt' },
  map: 'Landkarte des Verlusts',
  mapNote:
    'Klick auf die Karte, um anderswo zu beginnen. Jede Linie verbindet Orte mit gleichem Verlust; nach innen wird es tiefer.',
  start: (w1, w2) => `Start: w₁ = ${w1}, w₂ = ${w2}. Die Pfeiltasten verschieben ihn.`,
  startTitle: 'Wo es beginnt',
  startAt: (name) => `Start ${name}`,
  answer: {
    fit: 'Antwort = w₁ × x₁ + w₂ × x₂',
    network: '17 Gewichte = untrainiert + w₁ × Weg zu A + w₂ × Weg zu B',
  },
  scenes: { fit: 'Ein langes Tal', otherFit: 'Ein anderes Tal', network: 'Ein Netz' },
  sceneName: 'Landschaft',
  sceneExplanation:
    'Was angepasst wird: die zwei Gewichte einer geraden Anpassung, oder ein Netz, das sich in zwei Richtungen bewegen darf.',
  momentum: 'Schwung',
  momentumExplanation:
    'Wie viel vom letzten Schritt in den nächsten eingeht. Bei 0 beginnt jeder Schritt aus der Ruhe.',
  gradientOf: (name) => `Steigung entlang ${name}`,
  stepLength: 'Nächster Schritt',
  curvature: 'Krümmung λmax',
  product: 'Rate × λmax',
  distance: 'Zum tiefsten Punkt',
  settled: 'Näher als 0,001 seit Schritt',
  notSettled: 'noch nicht',
  profile: ({ loss, promised, actual }) =>
    `Der Verlust entlang des nächsten Schritts: jetzt ${loss}; die Steigung verspricht ${promised}, es werden ${actual}.`,
  profileHere: 'hier',
  profileStep: 'ein Schritt',
  profileKeys: ['der Verlust entlang des Schritts', 'was die Steigung verspricht', 'was geschehen wird'],
  profileNone: 'Der nächste Schritt führt zu Zahlen, die zu groß sind, um sie zu sagen.',
  verdicts: {
    uphill: 'Der Schwung trägt es bergauf.',
    short: 'Der Schritt endet vor dem Grund dieses Schnitts.',
    bottom: 'Der Schritt endet genau am Grund dieses Schnitts.',
    over: 'Der Schritt geht über den Grund hinaus und endet drüben tiefer.',
    away: 'Der Schritt geht über den Grund hinaus und endet drüben höher.',
  },
  recent: (count) =>
    `${count === 1 ? 'Der letzte Schritt' : `Die letzten ${count} Schritte`}: versprochener und wirklicher Verlust`,
  recentKeys: ['von der Steigung versprochen', 'wirklich'],
  recentNone: 'Noch wurde kein Schritt gegangen.',
  curve: 'Der Verlust auf dem ganzen Weg; gleicher Höhenunterschied heißt gleicher Faktor',
  difference: 'A minus B: + wo der Verlust von A höher ist, − wo er tiefer ist.',
  sameSurface: 'A und B stehen auf derselben Fläche: Der Unterschied ist überall 0. Nur ihre Wege sind verschieden.',
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
