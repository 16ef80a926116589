import type { ChapterText } from '../chapter-text.ts'
import { neuron } from './words.de.ts'

export const text: ChapterText = {
  messages: {
    neuron,
    lossFormula: 'Das Mittel von (Ausgabe − Wahrheit)² über alle Tage. Mit einer Stufe ist das der Anteil der Fehler.',
  },
  lead: 'Es multipliziert, es zählt zusammen, und es antwortet. Mehr tut ein Neuron nicht. Hier stellst du seine drei Zahlen von Hand ein und siehst, wozu jede von ihnen gut ist.',
  beats: {
    hook: {
      title: '0,67 genügt: Es feuert',
      prose: [
        'Zwei Zahlen kommen herein: 0,5 und 0,6. Jede wird mit einem *Gewicht* malgenommen, 0,5 und 0,7; es sagt, wie viel diese Eingabe zählt. 0,5 × 0,5 ist 0,25, 0,6 × 0,7 ist 0,42, und zusammen ergibt das 0,67. Eine dritte Zahl, der *Bias*, kommt dazu, was auch immer hereinkommt; hier ist er 0.',
        'Über die Summe stellt das Neuron eine einzige Frage: Erreicht sie die *Schwelle*? Die Schwelle ist 0,5, und 0,67 erreicht sie. Das Neuron feuert: Es antwortet 1. Unter der Schwelle würde es 0 antworten.',
        'Drück auf Start, um es noch einmal zusammenzählen zu sehen, oder auf Schritt, um Rechnung für Rechnung zu gehen. Beweg dann einen Schieber und sieh auf die Balken. Mit einem Gewicht von 0,3 für die zweite Eingabe ist die Summe 0,43, und das Neuron bleibt still.',
      ],
      experiments: { begin: 'Neu beginnen mit 0,67' },
    },
    play: {
      title: 'Einen Schirm mitnehmen?',
      prose: [
        'Jetzt soll es etwas entscheiden. Dreißig Tage, und von jedem wissen wir zwei Dinge zwischen 0 und 1: wie viele Wolken am Morgen da waren, und wie feucht die Luft war. Ein blaues ● heißt, dass man einen Schirm brauchte, ein oranges ▲, dass man keinen brauchte. Der Ort der Raute ist heute.',
        'Der Hintergrund zeigt, was das Neuron über jeden Ort sagt: blau, wo es feuert, orange, wo nicht. Dazwischen verläuft eine gerade Linie. Ein Ring steht um jeden Tag, an dem es sich irrt.',
        'Die Schwelle ist umgezogen: Ob eine Summe 0,5 erreicht, ist dasselbe, wie −0,5 dazuzuzählen und zu fragen, ob sie 0 erreicht. Von hier an ist also der Bias −0,5 und die Schwelle 0. Es ist genau dasselbe Neuron, mit genau derselben Linie.',
        'So, wie es dasteht, sind 16 von 30 Tagen richtig. Beweg die Linie: Zieh am runden Griff, um sie zu verschieben, und am eckigen, um sie zu drehen, oder nimm die Felder und Schieber.',
      ],
      experiments: { days: 'Die dreißig Tage zeigen' },
    },
    predict: {
      title: 'Alles doppelt',
      prose: [
        'Bevor du weitergehst: Die Gewichte sind 0,5 und 0,7, der Bias ist −0,5. Jemand verdoppelt alle drei, auf 1, 1,4 und −1. Jede Summe ist jetzt zweimal so groß wie vorher.',
      ],
    },
    explain: {
      title: 'Drehen, verschieben und sich sicher sein',
      prose: [
        '*Gewichte drehen die Linie.* Der Pfeil auf ihr zeigt, wohin sie weisen, und die Linie liegt immer quer dazu. Gib einer Eingabe mehr Gewicht, und das Neuron hört mehr auf sie: Die Linie dreht sich zur anderen Achse hin.',
        '*Der Bias verschiebt die Linie.* Sie rückt vom Ursprung weg oder auf ihn zu, ohne sich zu drehen. Ihr Abstand ist die Größe des Bias geteilt durch die Länge der Gewichte; beides steht beim Urteil.',
        '*Die Größe aller drei ändert nichts an der Linie, aber daran, wie sicher sich das Neuron ist.* Mit einer Stufe ist das nicht zu sehen: 0 oder 1, nichts dazwischen. Nehmen wir also eine weichere Aktivierung, die *Sigmoid*-Kurve. Auf der Linie gibt sie 0,5, und zu beiden Seiten geht sie gegen 0 und 1, je länger die Gewichte, desto schneller. Probier die drei Knöpfe: Die Linie bleibt, die Farben nicht.',
        'Es gibt andere Aktivierungen. Tanh tut dasselbe zwischen −1 und 1. ReLU gibt auf der einen Seite 0 und auf der anderen die Summe selbst.',
      ],
      experiments: { plain: 'Gewichte 0,5 und 0,7', double: 'Alles doppelt', tenfold: 'Alles zehnfach' },
    },
    break: {
      title: 'Drei Arten, nichts zu sagen',
      prose: [
        'Setz beide Gewichte auf 0, und es gibt keine Linie mehr. Was auch hereinkommt, die Antwort ist dieselbe: Das Neuron hat eine Meinung, aber es sieht nicht hin.',
        'Nimm die Stufe und öffne eins der Gewichte. Sein Gradient ist 0: Ändere es ein wenig, und meist wechselt kein Tag die Seite, also bleibt der Verlust, wo er ist. Der Verlust ist eine Treppe, und auf einer Stufe sagt dir nichts, wo es hinabgeht. Darum braucht das Perzeptron im nächsten Kapitel eine eigene Regel, und darum nehmen spätere Netze weichere Aktivierungen.',
        'Ein ReLU-Neuron, dessen Bias so niedrig ist, dass kein Tag es erreicht, gibt überall 0, und auch seine Gradienten sind 0. Von selbst wacht es nie wieder auf.',
      ],
      experiments: {
        zero: 'Beide Gewichte 0',
        flat: 'Eine Stufe, um ein Gewicht zu öffnen',
        silent: 'Ein ReLU, das kein Tag erreicht',
      },
    },
    check: {
      title: 'Jetzt du',
      prose: [
        'Zwei Aufgaben für deine Hände. In der ersten geht es darum, wo die Linie liegt, in der zweiten darum, wie sicher sich das Neuron ist. Hier lernt nichts von selbst: Die Zahlen sind das, was du aus ihnen machst. Und eine Linie, die zu dreißig Tagen passt, ist wenig wert, wenn sie bei den nächsten versagt: Über die erste Aufgabe entscheiden 300 Tage, die du nicht siehst.',
      ],
      experiments: { again: 'Die erste Aufgabe beginnen', sure: 'Die zweite Aufgabe beginnen' },
    },
    recap: {
      title: 'Eine Linie, und wie sicher sie ist',
      prose: [
        'Ein Neuron: zwei Produkte, eine Summe, ein Bias, eine Aktivierung. Seine Gewichte drehen eine gerade Linie, sein Bias verschiebt sie, und ihre Größe entscheidet, wie sicher es sich zu beiden Seiten ist. Mehr kann es nicht, und damit lässt sich erstaunlich viel anfangen.',
        'Du hast drei Zahlen von Hand eingestellt und bei jeder Änderung auf die Fehler gesehen, um zu wissen, wohin. Ein Netz hat Tausende oder Milliarden Zahlen: Es muss sie selbst finden. Das Programm unten ist dein Neuron, mit allem, was du geändert hast; es gibt den Verlust dieser Seite aus.',
      ],
    },
  },
  predictions: {
    double: {
      question: 'Was geschieht mit der Linie, wenn beide Gewichte und der Bias verdoppelt werden?',
      choices: {
        no: 'Sie bleibt, wo sie ist',
        shift: 'Sie verschiebt sich',
        turn: 'Sie dreht sich',
      },
      explanation:
        'Die Linie ist dort, wo die Summe genau 0 ist, und zweimal 0 ist immer noch 0. Überall sonst hat sich die Summe verdoppelt: Das Neuron sagt über jeden Ort dasselbe, nur entschiedener.',
    },
  },
  checks: {
    days: {
      title: '28 von 30',
      task: 'Stell die beiden Gewichte und den Bias so ein, dass mindestens 28 der 30 Tage richtig sind. Danach wird dein Neuron an 300 anderen Tagen geprüft, und davon müssen mindestens 270 richtig sein.',
      reasons: {
        otherData: () => 'In dieser Aufgabe geht es um die dreißig Tage: Wähle Regenschirm unter Daten.',
        easierData: () =>
          'Das sind nicht die dreißig Tage dieses Kapitels. Wähle Regenschirm unter Daten, um sie zurückzubekommen.',
        notYet: ({ right, of, least }) =>
          `${right} von ${of} Tagen sind richtig; nötig sind ${least}. Sieh dir die Ringe an: Liegen sie auf einer Seite der Linie (verschiebe sie), oder am einen Ende auf der einen und am anderen auf der anderen (drehe sie)?`,
        notFresh: ({ right, of, fresh, freshOf, leastFresh }) =>
          `${right} von deinen ${of} Tagen sind richtig, aber nur ${fresh} von den ${freshOf} anderen; nötig sind ${leastFresh}. Zu dreißig Tagen passen viele Linien. Lass deine mitten durch die Lücke zwischen Regen und Trockenheit laufen, und lass einen Tag falsch, der auf der verkehrten Seite von allen anderen liegt.`,
        solved: ({ right, of, fresh, freshOf }) =>
          `${right} von ${of} Tagen sind richtig, und ${fresh} von ${freshOf}, die du nicht gesehen hast. Ein Tag der dreißig hielt sich an keine Regel; keine Linie muss ihn richtig haben.`,
      },
    },
    unsure: {
      title: 'Dieselbe Linie, halb so sicher',
      task: 'Dieses Neuron hat ein Sigmoid und lange Gewichte. Bring jede Ausgabe näher an 0,5, indem du die Gewichte genau halb so lang machst, aber lass die Linie, wo sie ist: um weniger als ein Grad gedreht, und ihr Abstand auf ein Prozent genau.',
      reasons: {
        notSigmoid: () => 'Diese Aufgabe braucht das Sigmoid: Drück „Die zweite Aufgabe beginnen“.',
        noLine: () => 'Beide Gewichte sind 0, also gibt es gar keine Linie.',
        turned: () => 'Die Linie hat sich gedreht. Beide Gewichte müssen im selben Verhältnis schrumpfen.',
        shifted: ({ distance, wanted }) =>
          `Die Linie hat sich verschoben: Sie war ${wanted} vom Ursprung entfernt und ist es jetzt ${distance}. Ihr Abstand ist der Bias geteilt durch die Länge der Gewichte; was heißt das für den Bias?`,
        notHalf: ({ length, half }) =>
          `Die Linie ist, wo sie war. Die Gewichte sind ${length} lang; die Hälfte von vorher wäre ${half}.`,
        solved: ({ length, before }) =>
          `Die Gewichte waren ${before} lang und sind jetzt ${length}, und die Linie hat sich nicht bewegt. Alle drei Zahlen mussten halbiert werden.`,
      },
    },
  },
}
