import type { ChapterText } from '../chapter-text.ts'
import { truth } from './words.de.ts'

export const text: ChapterText = {
  messages: {
    lossFormula:
      'Mit einer Stufe: der Anteil der falschen Zeilen. Mit einem Sigmoid: das Mittel über die Zeilen von −log(Wahrscheinlichkeit, die der Wahrheit gegeben wird).',
  },
  lead: 'Zwei Schalter und eine Lampe, zusammen vier Fälle. Eine kleinere Aufgabe gibt es kaum, und doch kann ein einzelnes Neuron sie nicht lösen. Hier findest du heraus, warum, und was hilft.',
  beats: {
    hook: {
      title: 'Eine Lampe, zwei Schalter',
      prose: [
        'Eine Lampe im Treppenhaus hat zwei Schalter, einen unten und einen oben. Welchen du auch drückst, die Lampe wechselt. Sie brennt also, wenn genau einer der Schalter oben steht: der eine oder der andere, aber nicht beide. Diese Regel heißt *ausschließendes Oder*, kurz XOR.',
        'Das Bild zeigt alle vier Fälle. Nach rechts geht der erste Schalter, nach oben der zweite; 0 heißt unten, 1 heißt oben. Ein blaues ● heißt, dass die Lampe brennen soll, ein oranges ▲, dass sie aus sein soll. Dahinter siehst du, was ein Neuron über jeden Ort sagt, und seine gerade Linie.',
        'Beweg die Linie so, dass alle vier Fälle richtig sind. Zieh am runden Griff, um sie zu verschieben, und am eckigen, um sie zu drehen, oder nimm die Felder und Schieber. Das Urteil zählt die Linien, die du probiert hast. Wenn du erst etwas Leichtes möchtest, nimm AND: Da brennt die Lampe nur, wenn beide Schalter oben stehen.',
        'Genug? Drei von vier ist das Beste, was es gibt. Ein Programm hat für diese Seite 68.921 Linien probiert, jede der drei Zahlen von −2 bis 2 in Schritten von 0,1. Nicht eine hatte alle vier richtig.',
      ],
      experiments: { and: 'Erst etwas Leichtes: AND', xor: 'Die Lampe: XOR' },
    },
    predict: {
      title: 'Lass es selbst versuchen',
      prose: [
        'Vielleicht fehlt ja nicht die Linie, sondern die Geduld. Ein Perzeptron hat alle Geduld der Welt: Es sieht die vier Zeilen der Reihe nach an, 00, 01, 10, 11, und dann wieder die erste. Jedes Mal, wenn es sich irrt, verbessert es seine Gewichte.',
      ],
    },
    play: {
      title: 'Immer im Kreis',
      prose: [
        'Jetzt ist die Maschine offen. Mit Schritt siehst du eine Zeile an. Ist sie richtig, ändert sich nichts. Ist sie falsch, werden ihre Eingaben zu den Gewichten gezählt, oder abgezogen, wenn die Lampe aus sein sollte. Der Bias hat eine Eingabe, die immer 1 ist.',
        'Drück dann auf Start. Nach Schritt 13 sind die Gewichte genau, was sie nach Schritt 9 waren, und dieselbe Zeile ist an der Reihe. Das ist ein Beweis und kein Eindruck: Was als Nächstes geschieht, entscheiden allein die Gewichte und die Zeile. Was von hier aus einmal geschehen ist, geschieht wieder, für immer.',
        'Öffne „Einmal herum“ unter dem Ring. Jede Zeile ist einmal falsch, wenn sie an der Reihe ist; zwei werden dazugezählt, zwei abgezogen, und zusammen ergeben sie genau 0. Vier Korrekturen, und nichts gelernt.',
        'Am Anfang liegt es auch nicht. Drück auf Neue Gewichte, sooft du willst: Von 100 Anfängen aus endeten alle 100 in so einem Ring von vier Schritten. Bei AND kommt dasselbe Perzeptron zur Ruhe.',
      ],
      experiments: { tail: 'Zurück zum Anfang', round: '24 Schritte mit XOR', easy: '24 Schritte mit AND' },
    },
    explain: {
      title: 'Was dazwischenliegt',
      prose: [
        'Warum gibt es keine Linie? Zieh eine Strecke zwischen den beiden blauen Punkten und eine zwischen den beiden orangen. Sie kreuzen sich in der Mitte des Quadrats.',
        'Eine Seite einer geraden Linie hat keine Buchten: Liegen zwei Punkte darauf, dann auch alles zwischen ihnen. Die ganze blaue Strecke müsste also auf der blauen Seite liegen und die ganze orange auf der orangen. Die Mitte aber gehört zu beiden, und sie kann nicht auf zwei Seiten zugleich sein. *Es gibt keine solche Linie*, mit keinen Gewichten, keiner Regel und keiner Geduld.',
        'Eine Klasse mit allem, was zwischen ihren Punkten liegt, heißt ihre *konvexe Hülle*. Wo sich die Hüllen zweier Klassen treffen, trennt sie keine Linie; wo nicht, gibt es eine. Dreh eine Antwort der Tabelle um und sieh, welche Hüllen sich treffen. Dreh die Punkte, und die Hüllen drehen sich mit: Sie kreuzen sich wie zuvor.',
        'Auch ein weicheres Neuron hilft nicht. Mit einem Sigmoid lernt es aus allen vier Zeilen zugleich, man nennt es dann *logistische Einheit*. Im Kreis geht es nicht: Es gleitet an den einzigen Ort, wo nichts mehr an ihm zieht. Dort sind alle Gewichte 0, und es antwortet auf alles 0,5. Sein Verlust ist 0,6931, und genau so viel kostet reines Raten.',
      ],
      experiments: {
        cross: 'Zeigen, wo sie sich kreuzen',
        turned: 'Um 30 Grad gedreht',
        smooth: 'Die logistische Einheit, 200 Schritte',
      },
    },
    break: {
      title: 'Keine bessere Linie: eine neue Eingabe',
      prose: [
        'Am Training liegt es nicht, also hilft auch kein Training. Was hilft: dem Neuron noch etwas anderes zu sagen. Gib ihm eine dritte Eingabe x₃, gemacht aus den beiden, die es hat. Es bleibt ein einzelnes Neuron: drei Produkte, ein Bias, eine Summe.',
        'Mit einer dritten Zahl hat jeder Punkt eine Höhe. Im Bild „Mit einer dritten Eingabe“ ist der Boden das alte Quadrat, und aus der Linie ist eine Ebene geworden. Läuft die eine Strecke über der anderen hinweg, passt eine Ebene dazwischen.',
        'Nicht jede neue Zahl taugt etwas. x₁ + x₂ sagt nichts, was das Neuron nicht selbst zusammenzählen könnte: Beide Strecken steigen an und treffen sich doch. x₁² ist hier genauso leer, denn 0² ist 0 und 1² ist 1: Es ist noch einmal x₁. Dreh aber die Punkte um 45 Grad, und x₁² ist alles, was gefehlt hat. Ob ein *Merkmal* gut ist, hängt von den Daten ab.',
        'Sieh selbst nach: Behalte XOR ohne dritte Eingabe als B, wähle für A eine und drück auf Start. Beide gehen dieselben Schritte, und das Urteil zeichnet ihre Korrekturen übereinander. Eine Kurve, die nicht mehr steigt, hat ihre Tabelle gelernt.',
      ],
      experiments: { sum: 'Mit x₁ + x₂', other: 'Um 45 Grad gedreht, mit x₁²' },
    },
    check: {
      title: 'Jetzt du',
      prose: [
        'Zwei Aufgaben. In der ersten entscheiden Perzeptrons, die trainiert werden, während du wartest, wer recht hat. In der zweiten wird dein Neuron von 20 Anfängen aus trainiert, die du nicht gesehen hast, jedes Mal mit einer eigenen Reihenfolge der Zeilen.',
      ],
    },
    recap: {
      title: 'Ein gerader Schnitt',
      prose: [
        'Ein Neuron teilt seine Eingaben mit einem geraden Schnitt. Für zwei Eingaben, die 0 oder 1 sein können, gibt es 16 Tabellen; 14 davon sind mit einem Schnitt zu haben, zwei nicht: XOR und sein Gegenteil. 1969 füllten Marvin Minsky und Seymour Papert ein Buch mit solchen Grenzen, und jahrelang glaubte kaum noch jemand an neuronale Netze.',
        'Der Ausweg ist immer derselbe: neue Eingaben, in denen sich die Klassen nicht mehr treffen. Hier hast du eine von Hand gewählt, denn du konntest sehen, was fehlt. In einem Foto mit einer Million Punkten sieht das niemand. Im nächsten Kapitel macht sich das Netz seine Merkmale selbst, und dazu sind verborgene Neuronen da.',
        'Das Programm unten ist dein Lauf, mit allem, was du geändert hast. Es gibt den Verlust dieser Seite aus.',
      ],
      experiments: { again: 'Von vorn beginnen' },
    },
  },
  predictions: {
    weights: {
      question: 'Das Perzeptron geht die vier Zeilen von XOR immer wieder durch. Was tun seine Gewichte?',
      choices: {
        settle: 'Sie bleiben, wo drei von vier richtig sind',
        grow: 'Sie wachsen immer weiter',
        return: 'Sie kommen dahin zurück, wo sie schon waren',
      },
      explanation:
        'Von 100 verschiedenen Anfängen aus standen nach höchstens 29 Schritten dieselben Gewichte zum zweiten Mal vor derselben Zeile; von da an wiederholt sich alles. Stehen bleiben können sie nicht, denn ein Perzeptron ruht erst, wenn es gar keinen Fehler mehr macht.',
    },
  },
  checks: {
    tables: {
      title: 'Sechzehn Tabellen',
      task: 'Zwei Eingaben haben vier Fälle, und auf jeden ist die Antwort 0 oder 1: Das macht 16 Tabellen. Markiere die, die keine gerade Linie trennen kann. Danach wird auf jeder der 16 ein Perzeptron trainiert, von fünf Anfängen aus.',
      reasons: {
        noAnswer: () => 'Nichts ist markiert. Eine Tabelle ohne Linie hast du schon kennengelernt.',
        wronged: ({ right, wronged }) =>
          `${right} von 16 sind richtig. Von den Tabellen, die du markiert hast, hat ein Perzeptron ${wronged} gelernt: Da gibt es eine Linie.`,
        overlooked: ({ right, overlooked }) =>
          `${right} von 16 sind richtig. Was du markiert hast, ist zu Recht markiert, aber für ${overlooked} weitere gibt es auch keine Linie.`,
        sorted: ({ learned, most }) =>
          `Alle 16 sind richtig. Perzeptrons haben ${learned} davon gelernt, mit höchstens ${most} Korrekturen. Auf den beiden anderen kamen sie von jedem Anfang aus zu Gewichten zurück, die sie schon einmal hatten.`,
      },
    },
    feature: {
      title: 'XOR mit einem Neuron',
      task: 'Finde eine dritte Eingabe, mit der ein einzelnes Neuron XOR lernt, ohne dass die Punkte gedreht sind. Wähle sie unter „Dritte Eingabe“.',
      reasons: {
        otherTable: () => 'In dieser Aufgabe geht es um XOR: Wähle es unter Tabelle.',
        turned: () => 'Dreh die Punkte zurück auf 0 Grad.',
        noFeature: () => 'Das Neuron hat seine zwei Eingaben und sonst nichts. Wähle eine dritte.',
        notOne: ({ starts }) =>
          `Von keinem der ${starts} Anfänge aus wurde XOR gelernt. Sieh dir das Bild „Mit einer dritten Eingabe“ an: Treffen sich die Strecken noch?`,
        notAll: ({ learned, starts }) =>
          `XOR wurde von ${learned} der ${starts} Anfänge aus gelernt. Es sollten alle sein; ist die Lernrate zu groß?`,
        solved: ({ starts, most }) =>
          `XOR wurde von allen ${starts} Anfängen aus gelernt, mit höchstens ${most} Korrekturen. x₃ ist nur 1, wenn beide Schalter oben stehen: genau der Fall, in dem das Zusammenzählen der Schalter danebengeht.`,
        solvedSmoothly: ({ starts }) =>
          `XOR wurde von allen ${starts} Anfängen aus gelernt. x₃ ist nur 1, wenn beide Schalter oben stehen: genau der Fall, in dem das Zusammenzählen der Schalter danebengeht.`,
      },
    },
  },
  truth,
  later: () => import('./later-words.de.ts'),
}
