import type { ChapterText } from '../chapter-text.ts'
import { plane } from './words.de.ts'

export const text: ChapterText = {
  messages: {
    plane,
    lossFormula: 'Das Mittel von −log(Wahrscheinlichkeit der wahren Klasse) über alle Trainingspunkte.',
  },
  lead: 'Ein Neuron allein zieht nur eine gerade Linie. Hier gibst du einem Netz Neuronen, die von außen niemand sieht, und schaust zu, was sie zeichnen.',
  beats: {
    hook: {
      title: 'Eine Linie ist nicht genug',
      prose: [
        'Vier Wolken von Punkten liegen in den Ecken eines Quadrats. Gegenüberliegende Ecken gehören zusammen: Blau zu Blau, Orange zu Orange. Das ist das Problem des ausschließenden Oder, kurz XOR, und es beendete die erste große Hoffnung auf neuronale Netze.',
        'Das Netz auf dieser Seite hat ein einziges verborgenes Neuron. Drück auf Start. Der Hintergrund zeigt, was das Netz über jeden Ort sagt; die dicke Linie ist dort, wo es seine Meinung ändert. Wie lange es auch trainiert, eine Linie lässt mindestens eine Ecke falsch: Drei von vier ist das Beste, was es kann.',
      ],
      experiments: { one: 'Neu beginnen mit einem Neuron' },
    },
    predict: {
      title: 'Wie viele Neuronen braucht es?',
      prose: [
        'Jedes verborgene Neuron sieht die beiden Eingaben und zieht eine eigene Linie. Die Ausgabe sieht nur die verborgenen Neuronen. Bevor du es probierst: Wie viele verborgene Neuronen braucht dieses Netz?',
      ],
    },
    play: {
      title: 'Zwei Linien ergeben einen Streifen',
      prose: [
        'Jetzt ist die Maschine offen. In jedem Quadrat siehst du die ganze Welt mit den Augen eines Neurons: blau, wo es positiv ist, orange, wo es negativ ist. Die Drähte sind Gewichte: je breiter, desto stärker; gestrichelt heißt negativ. Die dünnen Linien in der Welt sind dort, wo jedes verborgene Neuron die Seite wechselt.',
        'Mit zwei Neuronen kann das Netz den Streifen zwischen zwei Linien in einer Farbe malen und den Rest in der anderen. Das genügt für XOR, *wenn* das Training es findet. Drück ein paarmal auf Neue Gewichte: Von etwa der Hälfte aller Anfänge bleibt es stecken. Mit drei Neuronen gelingt es fast immer.',
        'Klick auf ein Neuron, um seine Summe zu sehen, und auf jede Zahl mit Punkten darunter, um sie zu ändern. Die Karte zeigt, was der Gradient verspricht und was wirklich geschieht.',
      ],
      experiments: { two: 'Zwei Neuronen, 600 Schritte', three: 'Drei Neuronen, 600 Schritte' },
    },
    explain: {
      title: 'Die verborgene Schicht faltet die Welt',
      prose: [
        'Das Ausgabeneuron ist immer noch ein einzelnes Neuron. Es kann immer noch nur eine gerade Linie ziehen. Wie trennt es, was keine Linie trennt? Es sieht gar nicht die Welt. Es sieht, was die verborgenen Neuronen sagen: jedes eine Zahl, zusammen ein neuer Ort für jeden Punkt.',
        'Das Bild „Wie die letzte Schicht sie sieht“ zeigt diese neuen Orte. Das Gitter der Welt ist gebogen und gefaltet, bis die zwei Klassen auf zwei Seiten einer geraden Linie liegen. *Lernen heißt hier: eine gute Faltung finden.*',
        'Ein Ring braucht mindestens drei Neuronen: Zwei Linien ergeben einen Streifen oder eine Ecke, erst drei schließen ein Dreieck um die Mitte. Öffne ein Neuron und schalte es aus, um zu sehen, wozu es gut war.',
      ],
      experiments: { fold: 'Die vier Ecken falten', ring: 'Einen Ring schließen' },
    },
    break: {
      title: 'Wenn Neuronen sterben',
      prose: [
        'Die Aktivierung ReLU gibt positive Summen weiter und macht aus negativen 0. Sie ist schnell und beliebt, aber ein Neuron, dessen Summe für jeden Punkt negativ ist, gibt überall 0. Auch seine Steigung ist 0, kein Schritt ändert es je wieder. Es ist *tot*.',
        'Neuronen mit tanh sterben nicht: Ihre Steigung wird klein, aber nie genau 0. Mit ReLU lösen zwei Neuronen XOR nur von etwa vier aus zehn Anfängen, und bei einem Drittel der Fehlschläge ist eins der beiden tot. Der Doktor unter der Maschine sagt dir, welches und warum.',
        'Eine viel zu große Lernrate zerstört ein Netz auf andere Weise. Probier es: Auf dieser Seite kann nichts kaputtgehen.',
      ],
      experiments: { dead: 'Ein Anfang, der mit einem toten Neuron endet', fast: 'Eine hundertmal zu große Lernrate' },
    },
    check: {
      title: 'Jetzt du',
      prose: [
        'Zwei Aufgaben. Das lebende Netz auf dieser Seite wird an 500 frischen Punkten gemessen, die es nie gesehen hat; die Trainingspunkte auswendig zu lernen hilft also nicht.',
      ],
    },
    recap: {
      title: 'Wozu verborgene Neuronen gut sind',
      prose: [
        'Verborgene Neuronen ziehen Linien; die nächste Schicht verbindet sie. Eine Schicht genügte hier für jede Form, wenn sie breit genug war. Warum baut man dann tiefe Netze?',
        'Zwei Netze mit je 105 Zahlen, auf der Spirale, 20 Anfänge, 6.000 Schritte. Mit tanh erreichen zwei Schichten zu 8 in 18 von 20 Läufen 95 % der frischen Punkte; eine Schicht zu 26 schafft das in 2. Tiefe bringt viel: Die zweite Schicht faltet, was schon gefaltet ist. Mit ReLU ist es hier umgekehrt: 14 von 20 für das tiefe, 20 von 20 für das breite. *Tiefe schlägt Breite* ist eine Regel mit Ausnahmen, und eine hast du gerade kennengelernt.',
        'Behalte einen Lauf als B, ändere in A eine einzige Sache und lass beide vom selben Startwert trainieren. So wurde jede Behauptung auf dieser Seite gemessen, und so kannst du sie nachprüfen.',
      ],
      experiments: { deep: 'Spirale mit 8 und 8', wide: 'Spirale mit 26' },
    },
  },
  predictions: {
    units: {
      question: 'Was ist die kleinste Zahl verborgener tanh-Neuronen, mit der XOR von fast jedem Anfang gelernt wird?',
      choices: { '1': 'eins', '2': 'zwei', '3': 'drei', '8': 'acht' },
      explanation:
        'Von 40 Anfängen mit je 3.000 Schritten löste ein Neuron keinen, zwei lösten 21, drei lösten 39, vier alle 40. Zwei Linien genügen, um die Antwort zu zeichnen, aber nicht immer, um sie zu finden: Ein Neuron mehr gibt dem Training einen anderen Weg.',
    },
  },
  checks: {
    circle: {
      title: 'Ein Ring für 13 Zahlen',
      task: 'Wähle den Kreis. Baue ein Netz, das höchstens 13 Zahlen lernt und mindestens 97 % der frischen Punkte richtig sagt. Du darfst höchstens 8-mal Neue Gewichte nehmen.',
      reasons: {
        otherData: () => 'In dieser Aufgabe geht es um den Kreis: Wähle ihn unter Daten.',
        easierData: () =>
          'Der Kreis wurde leichter gemacht. Wähle Kreis unter Daten, um den ursprünglichen zurückzubekommen.',
        tooMany: ({ parameters, most }) => `Dein Netz lernt ${parameters} Zahlen; erlaubt sind ${most}.`,
        tooOften: ({ renewals, most }) =>
          `Du hast ${renewals}-mal neue Gewichte genommen; erlaubt sind ${most}. Beginne den Versuch neu.`,
        notYet: ({ fresh, least }) =>
          `${fresh} % von 500 frischen Punkten sind richtig; nötig sind ${least} %. Trainiere länger, oder überlege, wie viele Linien einen Ring schließen.`,
        solved: ({ fresh, parameters }) =>
          `${fresh} % von 500 frischen Punkten sind richtig, mit ${parameters} Zahlen. Drei Linien schließen einen Ring.`,
      },
    },
    dead: {
      title: 'Erkläre einen Fehlschlag',
      task: 'Finde ein ReLU-Netz, das gescheitert ist und ein totes Neuron hat, und sag, welches Neuron tot ist. Tot ist ein Neuron, das für mehr als neun von zehn Trainingspunkten 0 gibt.',
      reasons: {
        notRelu: () => 'Nur ReLU-Neuronen sterben. Wähle ReLU unter Aktivierung.',
        notFailed: ({ train }) =>
          `Dieses Netz ist nicht gescheitert: ${train} % seiner Punkte sind richtig. Trainiere länger oder nimm neue Gewichte.`,
        noneDead: () =>
          'Dieses Netz ist aus einem anderen Grund gescheitert: Keins seiner Neuronen ist tot. Versuch andere Gewichte.',
        noAnswer: () => 'Wähle das Neuron, das tot ist.',
        alive: ({ unit }) => `Neuron ${unit} lebt: Such das, dessen Bild leer ist.`,
        found: ({ unit }) =>
          `Neuron ${unit} gibt fast überall 0, und damit ist auch seine Steigung 0. Der Rest des Netzes muss ohne es auskommen.`,
      },
    },
  },
}
