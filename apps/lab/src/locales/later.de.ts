import type { LaterMessages } from './later-messages.ts'

export const later: LaterMessages = {
  helpText: [
    'Jede Zahl mit Punkten darunter lässt sich öffnen: Sie zeigt, woher sie kommt und wie der Verlust von ihr abhängt, und du kannst sie ändern.',
    'Blau und ● heißen positiv; Orange, ▲ und gestrichelte Linien heißen negativ. Die Punkte zeigen die Wahrheit, der Hintergrund zeigt, was das Netz sagt.',
    'Tasten: Leertaste startet und hält an, Punkt geht einen Schritt vor, Komma einen zurück, R setzt zurück, Strg+Z nimmt deine letzte Änderung zurück. Im Netz führen die Pfeile von Neuron zu Neuron, Enter öffnet eins, + und − verschieben seine Schwelle.',
  ],
  progressText: 'Dein Stand liegt in diesem Browser und nirgends sonst. Als Datei kannst du ihn mitnehmen.',
  exportProgress: 'Als Datei sichern',
  importProgress: 'Datei öffnen',
  imported: 'Dein Stand wurde aus der Datei gelesen.',
  forget: 'Alles vergessen',
  panels: {
    folded: 'Wie die letzte Schicht sie sieht',
    compare: 'A und B',
    doctor: 'Doktor',
    code: 'Code',
  },
  controls: {
    name: 'Was du ändern kannst',
    data: 'Daten',
    dataNames: {
      xor: 'Vier Ecken (XOR)',
      circle: 'Kreis',
      spiral: 'Spirale',
      umbrella: 'Regenschirm',
      gap: 'Zwei Wolken',
      table: 'Wahrheitstafel',
      valley: 'Tal',
      example: 'Ein Beispiel',
    },
    activation: 'Aktivierung',
    layers: 'Verborgene Schichten',
    addLayer: 'Schicht hinzufügen',
    removeLayer: 'Schicht entfernen',
    unitsIn: (layer) => `Neuronen in Schicht ${layer}`,
    more: (layer) => `Ein Neuron mehr in Schicht ${layer}`,
    fewer: (layer) => `Ein Neuron weniger in Schicht ${layer}`,
    rate: 'Lernrate',
    batch: 'Beispiele je Schritt',
    wholeBatch: 'alle',
    examples: (n) => `${n}`,
    order: 'Reihenfolge',
    orderNames: { listed: 'wie aufgelistet', shuffled: 'gemischt', classes: 'erst ●, dann ▲' },
    margin: 'Breite der Lücke',
    whatIs: (name) => `Was ist das: ${name}?`,
    explanations: {
      data: 'Die Punkte, aus denen das Netz lernt. Die Form eines Punkts ist seine wahre Klasse.',
      activation: 'Was ein Neuron aus seiner gewichteten Summe macht, bevor es sie weitergibt.',
      layers:
        'Neuronen zwischen Eingabe und Ausgabe. Jedes zieht eine eigene Linie; die nächste Schicht verbindet sie.',
      rate: 'Wie weit jeder Schritt den Hang des Verlusts hinabgeht.',
      batch: 'Wie viele Beispiele vor jedem Schritt angesehen werden.',
      order:
        'In welcher Reihenfolge es die Punkte sieht: immer gleich, in jedem Durchgang neu gemischt, oder eine Klasse zuerst.',
      margin:
        'Wie weit die Punkte von der Linie zwischen den Klassen wegbleiben. Eine andere Breite gibt andere Punkte.',
    },
  },
  card: {
    title: 'Eine Zahl',
    value: 'Wert',
    gradientMeaning: (slope) => `Wächst diese Zahl ein wenig, ändert sich der Verlust um das ${slope}-Fache davon.`,
    flat: 'Steigung 0: Eine Stufe ist auf beiden Seiten flach, durch sie kommt kein Gradient. Darum braucht das Perzeptron eine eigene Regel.',
    change: 'Ändern',
    predicted: 'Vorhergesagte Änderung des Verlusts',
    actual: 'Wirkliche Änderung des Verlusts',
    predictedHow: (slope, by) => `Gradient ${slope} × Änderung ${by}`,
    formula: 'Woher sie kommt',
    forExample: (n) => `für Punkt ${n}`,
    off: 'Dieses Neuron ausschalten',
    freeze: 'Dieses Neuron einfrieren',
    unfreeze: 'Wieder lernen lassen',
    importance: 'Verlust ohne es',
  },
  folded: {
    across: 'Quer',
    up: 'Hoch',
    note: 'Das Gitter der Welt, von den verborgenen Schichten gebogen. Die Ausgabe kann es nur gerade durchschneiden.',
    one: 'Ein einziges Neuron in der letzten verborgenen Schicht: Es sieht die Welt als Zahlenreihe.',
  },
  compare: {
    pin: 'Diesen Lauf als B behalten',
    pinOld: 'Ihn ohne deine letzte Änderung als B behalten',
    edits: 'Von Hand geändert',
    unpin: 'B gehen lassen',
    note: 'B beginnt mit demselben Startwert und geht dieselben Schritte. Ändere in A eine einzige Sache und sieh, was sie tut.',
    difference: 'A minus B zeigen',
    table: ['', 'A', 'B'],
    corrections: ({ a, b, steps }) => `Korrekturen über ${steps} Schritte: ${a} in A, ${b} in B.`,
    correctionsOf: ['Korrekturen von A', 'von B'],
  },
  doctor: {
    healthy: 'Nichts zu beanstanden.',
    names: {
      nonFinite: 'Eine Zahl ist nicht mehr endlich',
      divergence: 'Der Verlust läuft davon',
      deadUnits: 'Tote Neuronen',
      saturation: 'Gesättigte Neuronen',
      constantOutput: 'Auf alles dieselbe Antwort',
      gap: 'Auswendig gelernt',
      noLine: 'Hier gibt es keine Linie zu finden',
    },
    why: {
      nonFinite: ({ step, operation }) =>
        `In Schritt ${step} gab die Operation „${operation}“ eine Zahl, die für float32 zu groß ist. Der letzte gute Stand wurde behalten, das Training ist angehalten.`,
      divergence: ({ lowest, loss }) =>
        `Der Verlust war im besten Fall ${lowest} und ist jetzt ${loss}: Jeder Schritt springt über das Tal und landet drüben höher.`,
      deadUnits: ({ units }) =>
        `Neuron ${units} gibt für mehr als neun von zehn Punkten 0. Wo ReLU 0 gibt, ist auch die Steigung 0: Keine Schuld erreicht seine Gewichte, von selbst kommt es nicht zurück.`,
      saturation: ({ units }) =>
        `Neuron ${units} sitzt fast überall bei +1 oder −1. Dort ist tanh beinahe flach, und kaum Schuld kommt hindurch.`,
      constantOutput: ({ output }) =>
        `Was auch hineingeht, es kommt ${output} heraus: Die Eingaben erreichen die Ausgabe nicht.`,
      gap: ({ train, fresh }) =>
        `Der Verlust ist ${train} auf den eigenen Punkten und ${fresh} auf frischen: Es kennt die Beispiele, nicht die Regel.`,
      noLine: ({ right }) =>
        `${right} von 4 Zeilen sind richtig, und mehr Schritte helfen nicht: Die beiden Klassen treffen sich, also lässt jede gerade Linie etwas auf der falschen Seite.`,
    },
    try: {
      nonFinite: 'Versuch ein Zehntel der Lernrate',
      divergence: 'Versuch ein Zehntel der Lernrate',
      deadUnits: 'Versuch neue Gewichte',
      saturation: 'Versuch neue Gewichte',
      constantOutput: 'Versuch neue Gewichte',
      gap: 'Versuch mehr Punkte',
      noLine: 'Versuch eine Tabelle, für die eine Linie genügt: AND',
    },
    do: 'Tu es',
  },
  code: {
    note: 'Dieses Programm wiederholt deinen Lauf in Node, samt deinen Änderungen. Speichere es als run.mjs neben einem installierten „neurite“.',
    copy: 'Kopieren',
    copied: 'Kopiert',
    prints: (loss) => `Es gibt ${loss} aus`,
  },
  predict: {
    yours: (guess) => `Dein Tipp: ${guess}.`,
    truth: (truth) => `Gemessen: ${truth}.`,
    right: 'Du hast es kommen sehen.',
    wrong: 'Der Unterschied lohnt einen Blick:',
  },
  check: {
    passed: 'Bestanden.',
    answer: 'Deine Antwort',
    attempt: (renewals) => `Neue Gewichte benutzt: ${renewals}`,
    restart: 'Den Versuch neu beginnen',
  },
  problems: {
    number: (field, text) =>
      `In der Adresse steht ${field} = „${text}“, und das ist keine Zahl. Es gilt der Wert des Kapitels.`,
    choice: (field, text) =>
      `In der Adresse steht ${field} = „${text}“, und das gibt es hier nicht. Es gilt die Wahl des Kapitels.`,
    range: (field, low, high) =>
      `${field} muss zwischen ${low} und ${high} liegen. Stattdessen siehst du den Lauf des Kapitels.`,
    layers: (most, found) =>
      `Ein Netz mit ${found} verborgenen Schichten ist hier nicht möglich: höchstens ${most}. Stattdessen siehst du den Lauf des Kapitels.`,
    units: (most, found) =>
      `Eine verborgene Schicht mit ${found} Neuronen ist nicht möglich: ganze Zahlen von 1 bis ${most}. Stattdessen siehst du den Lauf des Kapitels.`,
    journal: 'Die Änderungen in der Adresse sind beschädigt und wurden weggelassen. Der Rest ist zu sehen.',
    foreignField: (field) => `In der Adresse steht etwas über „${field}“, das diese Seite nicht kennt.`,
    version: 'Diese Datei stammt aus einer anderen Fassung des Labors. Nichts wurde geändert.',
    progressFile: 'Diese Datei ist kein Stand dieses Labors. Nichts wurde geändert.',
    storage:
      'Dieser Browser behält nichts von dieser Seite: Dein Stand ist fort, wenn du gehst. Sichere ihn als Datei.',
    tooLong: 'Dieser Lauf ist zu lang für eine Adresse. Sichere deinen Stand stattdessen als Datei.',
  },
}
