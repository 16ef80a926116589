import type { SurfaceLaterMessages } from '../../locales/bench-messages.ts'

export const surface: SurfaceLaterMessages = {
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
  profile: ({ loss, promised, actual }) =>
    `Der Verlust entlang des nächsten Schritts: jetzt ${loss}; die Steigung verspricht ${promised}, es werden ${actual}.`,
  profileHere: 'hier',
  profileStep: 'ein Schritt',
  profileKeys: ['der Verlust entlang des Schritts', 'was die Steigung verspricht', 'was geschehen wird'],
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
  curve: 'Der Verlust auf dem ganzen Weg; gleicher Höhenunterschied heißt gleicher Faktor',
  difference: 'A minus B: + wo der Verlust von A höher ist, − wo er tiefer ist.',
  sameSurface: 'A und B stehen auf derselben Fläche: Der Unterschied ist überall 0. Nur ihre Wege sind verschieden.',
}
