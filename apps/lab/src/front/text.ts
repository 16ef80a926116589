import type { Language } from '../locales/index.ts'

export interface FrontText {
  readonly title: string
  readonly lead: string
  readonly drawHere: string
  readonly clear: string
  readonly drawForMe: string
  readonly digit: (n: number) => string
  readonly train: string
  readonly stop: string
  readonly wrong: string
  readonly teach: string
  readonly status: (seen: string, accuracy: string) => string
  readonly says: (digit: number, share: string) => string
  readonly untrained: string
  readonly seen: (seen: string) => string
  /** The network of a training outside the page: under way, ended, or changed by the visitor. */
  readonly live: (epoch: number, epochs: number) => string
  readonly saved: (accuracy: string) => string
  readonly changed: string
  readonly follow: string
  readonly story: readonly { readonly title: string; readonly prose: readonly string[] }[]
}

export const FRONT: Readonly<Record<Language, FrontText>> = {
  en: {
    title: 'This network started knowing nothing. Draw something.',
    lead: 'A network is learning to read digits, from random numbers, on your machine. Nothing you draw leaves it.',
    drawHere: 'Draw a digit here',
    clear: 'Clear',
    drawForMe: 'Draw one for me',
    digit: (n) => `Digit ${n}`,
    train: 'Train',
    stop: 'Stop',
    wrong: 'Is it wrong? Then teach it. This is a',
    teach: 'Teach it, 20 steps',
    status: (seen, accuracy) => `${seen} digits seen; ${accuracy} % of 500 fresh digits read right.`,
    says: (digit, share) => `It says ${digit}, with ${share} %.`,
    untrained: 'It has seen no digit yet: these are ten random opinions.',
    seen: (seen) => `${seen} digits seen.`,
    live: (epoch, epochs) => `This is the network that is learning in your terminal, in epoch ${epoch} of ${epochs}.`,
    saved: (accuracy) =>
      `This is the network that you trained in the terminal; it read ${accuracy} % of its test digits right.`,
    changed: 'It has gone on learning on this page, and is no longer the network in your terminal.',
    follow: 'Watch it learn',
    story: [
      {
        title: 'The child and the ball',
        prose: [
          'Nobody explains to a small child what a ball is. It sees balls, and is told: ball. After a while it recognises one that it has never seen. A neural network learns in the same way: from examples, with somebody to say what is right. What it learns is stored in numbers, its weights, and every example moves them a little.',
          'Artificial intelligence is the wish that machines do what we call thinking. Machine learning is the part of it in which they learn from examples. Deep learning is the part of that in which many layers of neurons learn, one on top of the other.',
        ],
      },
      {
        title: 'A neuron, in nature and here',
        prose: [
          'A nerve cell collects signals from others, some strongly, some weakly, some that hold it back. If enough comes together, it fires. The artificial neuron is a drawing of that idea in numbers: inputs times weights, added up, and a rule for when to fire.',
          'Take the inputs 0.5 and 0.6 with the weights 0.5 and 0.7: 0.5 × 0.5 + 0.6 × 0.7 = 0.25 + 0.42 = 0.67. With a threshold of 0.5, it fires. That is our sign above.',
          'One such neuron draws one straight line through its world, and that is not enough for much. Many of them, in layers, can fold the world until a line is enough. How they learn to do it is what the chapters are about.',
        ],
      },
    ],
  },
  de: {
    title: 'Dieses Netz wusste am Anfang nichts. Zeichne etwas.',
    lead: 'Ein Netz lernt Ziffern lesen, aus Zufallszahlen, auf deinem Rechner. Nichts, was du zeichnest, verlässt ihn.',
    drawHere: 'Zeichne hier eine Ziffer',
    clear: 'Löschen',
    drawForMe: 'Zeichne eine für mich',
    digit: (n) => `Ziffer ${n}`,
    train: 'Trainieren',
    stop: 'Anhalten',
    wrong: 'Ist es falsch? Dann bring es ihm bei. Das ist eine',
    teach: 'Beibringen, 20 Schritte',
    status: (seen, accuracy) => `${seen} Ziffern gesehen; ${accuracy} % von 500 frischen Ziffern richtig gelesen.`,
    says: (digit, share) => `Es sagt ${digit}, mit ${share} %.`,
    untrained: 'Es hat noch keine Ziffer gesehen: Das sind zehn zufällige Meinungen.',
    seen: (seen) => `${seen} Ziffern gesehen.`,
    live: (epoch, epochs) => `Das ist das Netz, das gerade in deinem Terminal lernt, in Epoche ${epoch} von ${epochs}.`,
    saved: (accuracy) =>
      `Das ist das Netz, das du im Terminal trainiert hast; es las ${accuracy} % seiner Testziffern richtig.`,
    changed: 'Es hat auf dieser Seite weitergelernt und ist nicht mehr das Netz in deinem Terminal.',
    follow: 'Beim Lernen zusehen',
    story: [
      {
        title: 'Das Kind und der Ball',
        prose: [
          'Niemand erklärt einem kleinen Kind, was ein Ball ist. Es sieht Bälle und hört: Ball. Nach einer Weile erkennt es einen, den es nie gesehen hat. Ein neuronales Netz lernt ebenso: aus Beispielen, mit jemandem, der sagt, was richtig ist. Was es lernt, steht in Zahlen, seinen Gewichten, und jedes Beispiel bewegt sie ein wenig.',
          'Künstliche Intelligenz ist der Wunsch, dass Maschinen tun, was wir Denken nennen. Maschinelles Lernen ist der Teil davon, in dem sie aus Beispielen lernen. Deep Learning ist davon der Teil, in dem viele Schichten von Neuronen lernen, eine über der anderen.',
        ],
      },
      {
        title: 'Ein Neuron, in der Natur und hier',
        prose: [
          'Eine Nervenzelle sammelt Signale von anderen, manche stark, manche schwach, manche bremsen sie. Kommt genug zusammen, feuert sie. Das künstliche Neuron ist eine Zeichnung dieser Idee in Zahlen: Eingaben mal Gewichte, zusammengezählt, und eine Regel, wann es feuert.',
          'Nimm die Eingaben 0,5 und 0,6 mit den Gewichten 0,5 und 0,7: 0,5 × 0,5 + 0,6 × 0,7 = 0,25 + 0,42 = 0,67. Bei einer Schwelle von 0,5 feuert es. Das ist unser Zeichen oben.',
          'Ein solches Neuron zieht eine gerade Linie durch seine Welt, und das reicht für wenig. Viele davon, in Schichten, können die Welt falten, bis eine Linie reicht. Wie sie das lernen, davon handeln die Kapitel.',
        ],
      },
    ],
  },
}
