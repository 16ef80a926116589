import type { ChapterText } from '../chapter-text.ts'
import { perceptron } from './words.de.ts'

export const text: ChapterText = {
  messages: { perceptron, lossFormula: 'Der Anteil der Punkte, die nicht auf ihrer Seite der Linie liegen.' },
  later: () => import('./later-words.de.ts'),
  lead: 'Du hast eine Linie von Hand gedreht, bis sie passte. Hier tut es das Neuron allein, mit einer Regel, die auf einen Bierdeckel passt: Wo du falsch lagst, addiere, was du falsch hattest.',
  beats: {
    hook: {
      title: 'Es beginnt ohne Meinung',
      prose: [
        'Im letzten Kapitel hast du drei Zahlen eingestellt und auf die Fehler gesehen, um zu wissen, wohin. Ein *Perzeptron* ist ein Neuron, das genau das selbst tut. Frank Rosenblatt hat es 1958 beschrieben; es war eine der ersten Maschinen, die lernten.',
        'Vierzig Punkte, jeder ein blaues ● oder ein oranges ▲. Alle drei Zahlen sind 0, das Perzeptron hat also zu keinem Punkt eine Meinung, und keine zu haben zählt als falsch: Jeder Punkt trägt einen Ring. Drück auf Start. Es sieht einen Punkt nach dem anderen an. Wo es richtigliegt, geschieht gar nichts. Wo es falschliegt, springt die Linie.',
        'Bei diesen Punkten ist die achte Korrektur die letzte. Sie kommt mit Beispiel 123. Von da an liegt jeder Punkt auf seiner Seite, und das Training endet von selbst: Es gibt nichts mehr, woraus es lernen könnte.',
      ],
      experiments: { begin: 'Neu beginnen bei 0' },
    },
    play: {
      title: 'Addiere, was du falsch hattest',
      prose: [
        'Jetzt ist die Maschine offen. Ihre beiden Gewichte sind als Pfeil gezeichnet, w₁ nach rechts und w₂ nach oben. Die Linie in der Welt liegt immer quer zu diesem Pfeil, und blau ist die Seite, auf die er zeigt. Der Bias hat darunter eine eigene Linie.',
        'Beginne neu und drück auf Schritt: Das führt gleich zum nächsten Fehler; er bekommt ein Quadrat. *Ein ●, das falsch ist, wird zu den Gewichten addiert; ein ▲, das falsch ist, wird von ihnen abgezogen.* Zahl für Zahl: sein x₁ zu w₁, sein x₂ zu w₂ und 1 zum Bias. Das ist die ganze Regel.',
        'Warum hilft das? Einen Punkt zu addieren dreht den Pfeil zu ihm hin, und seine Summe wächst. Beim nächsten Mal ist er eher richtig. Andere leiden vielleicht unter der Drehung, und darum genügt eine Runde nicht.',
        'Öffne eins der Gewichte. Der Verlust ist hier der Anteil der Fehler, und sein Gradient ist 0: Eine Stufenfunktion ist eine Treppe, das hast du schon gesehen. Das Perzeptron braucht keinen Gradienten. Der Fehler selbst sagt, wohin es geht.',
      ],
      experiments: { again: 'Neu beginnen bei 0' },
    },
    predict: {
      title: 'Eine schmalere Lücke',
      prose: [
        'Zwischen den beiden Klassen ist eine Lücke: Jeder Punkt bleibt mindestens 0,1 von der Linie in ihrer Mitte entfernt. Wir haben 50 solche Datensätze mit je 40 Punkten gemacht. Im mittleren Fall, dem Median, brauchte das Perzeptron 10 Korrekturen.',
        'Dann haben wir noch einmal 50 gemacht, mit einer Lücke, die nur ein Viertel so breit ist: 0,025.',
      ],
    },
    explain: {
      title: 'Warum es ein Ende haben muss',
      prose: [
        'Stell dir die beste Linie vor, die es gibt: die, die von allen Punkten am weitesten wegbleibt. Wie weit das ist, nennen wir den Abstand γ. *Erstens:* Jede Korrektur bringt die Gewichte um mindestens γ weiter in die Richtung dieser besten Linie. *Zweitens:* Jede Korrektur macht die Gewichte nur wenig länger. Das Quadrat ihrer Länge wächst um höchstens R²; R ist, wie weit draußen der fernste Punkt liegt.',
        'Nach k Korrekturen sind die Gewichte also mindestens k·γ weit in einer Richtung gekommen und höchstens √k·R lang. Nichts reicht weiter, als es lang ist: k·γ ist höchstens √k·R, und darum ist *k höchstens (R/γ)²*. In welcher Reihenfolge die Punkte auch kommen. (R und γ zählen den Bias als dritte Eingabe mit, die immer 1 ist.)',
        'Für die vierzig Punkte sind damit 72 Korrekturen erlaubt, und 8 haben gereicht. Mit der breiten Lücke sind 18 erlaubt und 4 nötig, mit der schmalen 1.238 erlaubt und 57 nötig. Die Schranke spricht vom schlimmsten Fall, und der ist selten.',
        'Auch die Reihenfolge zählt. Von 0 aus, in 50 gemischten Reihenfolgen, brauchten dieselben vierzig Punkte im besten Fall 2 Korrekturen und im schlechtesten 12. Behalte diesen Lauf als B, wähle für A eine andere Reihenfolge oder eine andere Breite und drück auf Start. Beide gehen dieselben Schritte, und das Urteil zeichnet ihre Korrekturen übereinander.',
      ],
      experiments: { wide: 'Lücke von 0,3', middle: 'Lücke von 0,1', narrow: 'Lücke von 0,025' },
    },
    break: {
      title: 'Ein Lügner und eine Überzeugung',
      prose: [
        'Gib einem einzigen Punkt die andere Klasse: Punkt 1, hoch oben zwischen den ●, gibt sich jetzt als ▲ aus. Keine Linie hat mehr alle vierzig richtig. Es gibt kein γ und keine Schranke. Das Perzeptron behebt einen Fehler und macht den nächsten, für immer: 44 Korrekturen in 400 Beispielen, und es geht weiter. Was „fast richtig“ heißt, weiß es nicht.',
        'Oder lass es mit einer Überzeugung beginnen: Alle drei Zahlen sind 10, und das ist falsch. Eine Korrektur ist nie länger, als ein Punkt entfernt ist; ein so langer Pfeil dreht sich darum langsam. Es braucht 15 Korrekturen statt 8. Die Schranke weiß, wo es begonnen hat, und erlaubt 76.',
        'Alle Punkte gehören dir. Zieh sie, wähle, was ein Klick tut, oder tipp die Zahlen ein. Das Perzeptron lernt von dort weiter, wo es steht; Zurücksetzen stellt seine Zahlen wieder auf 0 und lässt deine Punkte, wo sie sind.',
      ],
      experiments: { flip: 'Ein Punkt lügt', conviction: 'Mit 10, 10 und 10 beginnen' },
    },
    check: {
      title: 'Jetzt du',
      prose: [
        'Sechs Punkte mit einer breiten Lücke: 2 Korrekturen, und es ist fertig. Kannst du ihm das Leben schwer machen? Nicht unmöglich, nur schwer.',
      ],
      experiments: { six: 'Sechs Punkte' },
    },
    recap: {
      title: 'Es lernt aus Fehlern und aus nichts sonst',
      prose: [
        'Die Gewichte eines Perzeptrons sind die Summe seiner Fehler: jedes ●, das es falsch hatte, weniger jedes ▲. Wo es eine Linie gibt, findet es eine, nach höchstens (R/γ)² Korrekturen. Je schmaler die Lücke, desto mehr können es werden.',
        'Es findet *eine* Linie, nicht die beste. Bei der ersten, die passt, hört es auf, wie knapp sie auch an einem Punkt vorbeigeht. Und wo es keine Linie gibt, hört es nie auf. Welche Fragen keine Linie haben und was sich dagegen tun lässt, kommt als Nächstes.',
        'Das Programm unten ist dein Lauf, mit allen Punkten, die du gesetzt hast. Es gibt den Verlust dieser Seite aus.',
      ],
    },
  },
  predictions: {
    gap: {
      question: 'Die Lücke ist ein Viertel so breit. Wie viele Korrekturen sind jetzt im mittleren Fall nötig?',
      choices: {
        fewer: 'Weniger als 10',
        same: 'Wieder etwa 10',
        double: 'Etwa doppelt so viele',
        sixteen: 'Etwa sechzehnmal so viele',
      },
      explanation:
        'Bei 50 Datensätzen mit je 40 Punkten lag der Median bei 4 Korrekturen für eine Lücke von 0,3, bei 10 für 0,1 und bei 23 für 0,025. Die meisten waren 7, 41 und 141. In einer schmalen Lücke sind weniger Linien richtig, und es dauert länger, einer von ihnen zu begegnen. Sechzehnmal so viele ist, wozu es im schlimmsten Fall kommen kann; der nächste Teil zeigt, warum.',
    },
  },
  checks: {
    stubborn: {
      title: 'Schwer, aber nicht unmöglich',
      task: 'Setz höchstens 8 Punkte so, dass das Perzeptron von Gewichten 0 aus mehr als 20 Korrekturen braucht und trotzdem ein Ende findet. Es lernt sie in deiner Reihenfolge und in zehn anderen, die du nicht gesehen hast; jede von ihnen muss mehr als 20 brauchen.',
      reasons: {
        noPoints: () => 'Es gibt überhaupt keine Punkte. Setz welche von beiden Klassen.',
        tooMany: ({ points, mostPoints }) =>
          `Es sind ${points} Punkte; erlaubt sind ${mostPoints}. Drück auf „Sechs Punkte“, oder nimm welche weg.`,
        never: () =>
          'Keine Linie trennt diese Punkte, es würde also nie aufhören. Zwischen ● und ▲ muss eine Lücke sein, wie klein auch immer.',
        tooLong: ({ given }) =>
          `Nach ${given} Korrekturen war es noch nicht am Ende. Mach die Lücke ein wenig breiter.`,
        tooFew: ({ updates }) =>
          `Es hat ${updates} Korrekturen gebraucht; nötig sind mehr als 20. Die Schranke ist (R/γ)²: Was würde γ kleiner machen?`,
        byLuck: ({ updates, least }) =>
          `In deiner Reihenfolge hat es ${updates} Korrekturen gebraucht, in einer anderen aber nur ${least}. Die Punkte selbst müssen schwer sein, nicht nur ihre Reihenfolge.`,
        solved: ({ updates, least, most }) =>
          `In deiner Reihenfolge hat es ${updates} Korrekturen gebraucht, über alle Reihenfolgen ${least} bis ${most}, und immer fand es ein Ende. Eine schmale Lücke lässt wenige Linien übrig.`,
      },
    },
  },
}
