import type { PassMessages } from '../../locales/bench-messages.ts'

export const pass: PassMessages = {
  name: 'Der Durchgang, Rechnung für Rechnung',
  toStart: 'An den Anfang des Durchgangs',
  back: 'Eine Rechnung zurück',
  forward: 'Eine Rechnung weiter',
  toEnd: 'Ans Ende des Durchgangs',
  begin: 'Noch ist nichts gerechnet. Der Pfeil nach rechts macht die erste Rechnung.',
  passes: (name) => `${name} gibt seine Schuld weiter:`,
  incoming: 'ankommender Gradient',
  local: 'eigene Steigung',
  incomingTimesLocal: 'Ankommender Gradient × eigene Steigung = was weitergegeben wird.',
  joins: 'Wo ein Wert zweimal gebraucht wird, addiert sich, was beide weitergeben (+=).',
  nudged: 'Durch Anstoßen',
}
