import type { ChapterText } from '../chapter-text.ts'
import { surface } from './words.de.ts'

export const text: ChapterText = {
  messages: { surface, lossFormula: 'Das Mittel von (Antwort − y)² über alle Beispiele.' },
  later: () => import('./later-words.de.ts'),
  lead: 'Lernen heißt bergab gehen: die Gewichte so ändern, dass der Verlust fällt. Wo es hinabgeht, sagt dir die Steigung. Wie weit du gehen sollst, sagt sie nicht, und genau daran scheitert Training am häufigsten.',
  beats: {
    hook: {
      title: 'Jeder Ort ist ein Paar Gewichte',
      prose: [
        'Vierzig Messungen. Jede hat zwei Längen, x₁ in Zentimetern und x₂ in Millimetern, und eine Zahl y, die herauskommen soll. Die Maschine antwortet w₁ × x₁ + w₂ × x₂. Wie weit sie danebenliegt, quadriert und über alle vierzig gemittelt, das ist der *Verlust*.',
        'Jeder Ort der Karte ist eine Wahl von w₁ und w₂, und der Verlust dort ist seine Höhe. Die Linien verbinden gleich hohe Orte. Das Kreuz ist der tiefste Punkt, w₁ = 2 und w₂ = 2. Selbst dort bleibt ein Verlust von 0,82: Messungen haben Fehler, und die erklärt kein Gewicht weg.',
        'Der Lauf beginnt bei w₁ = 1, w₂ = 1. Er sieht die Karte nicht. Er kennt nur den *Gradienten* des Orts, an dem er steht: wie steil der Verlust entlang w₁ und entlang w₂ ist. Er geht in die Gegenrichtung, so weit wie der Gradient mal der *Lernrate*, hier 0,01. Dann sieht er wieder nach. Klick auf die Karte, um anderswo zu beginnen.',
      ],
      experiments: { begin: 'Neu beginnen bei (1; 1)' },
    },
    predict: {
      title: 'Doppelt so weit?',
      prose: [
        'Mit einer Lernrate von 0,01 landet der erste Schritt auf dem Talboden: Der Verlust fällt von 51,3 auf 1,31. Danach kriecht der Lauf. Entlang des Bodens ist die Steigung hundertmal sanfter, und es dauert 688 Schritte, bis er dem tiefsten Punkt auf 0,001 nahe ist. Mit längeren Schritten ginge das schneller.',
      ],
    },
    explain: {
      title: 'Wie weit ist zu weit?',
      prose: [
        'Das neue Bild schneidet die Landschaft entlang des nächsten Schritts auf. Die Kurve ist der Verlust. Die gestrichelte Linie ist, was die Steigung verspricht: dass es immer so weiter hinabgeht. Die hohle Marke ist das Versprechen nach einem Schritt, die gefüllte, was geschehen wird. Bei kurzen Schritten stimmen sie überein. Je länger der Schritt, desto mehr entscheidet die *Krümmung*.',
        'Krümmung heißt, wie schnell sich die Steigung selbst ändert. Quer zu diesem Tal ist sie 100, entlang des Bodens nur 1. Die größte heißt *λmax*. Ein Schritt mit der Rate 1/λmax, hier 0,01, endet genau am Grund des steilsten Schnitts. Ein längerer geht darüber hinaus. Mit 2/λmax, hier 0,02, landet er drüben so hoch, wie er war, und darüber steigt er mit jedem Schritt.',
        'Sieh also auf „Rate × λmax“: Unter 1 bleibt der Lauf auf seiner Talseite, zwischen 1 und 2 geht er hin und her, über 2 läuft er davon. Das ist das Übel langer Täler: Ihre steilen Hänge verbieten die langen Schritte, die ihr flacher Boden bräuchte.',
        'Warum ist dieses Tal so lang? Nur weil Millimeter zehnmal so große Zahlen ergeben wie Zentimeter. Mit beiden Längen in derselben Einheit wäre es rund. Darum skaliert man Eingaben vor dem Training.',
      ],
      experiments: { small: 'Rate 0,004', floor: 'Rate 0,01', zigzag: 'Rate 0,0195', away: 'Rate 0,021' },
    },
    noise: {
      title: 'Immer nur eine Handvoll',
      prose: [
        'Bisher sah jeder Schritt alle vierzig Messungen an. Bei Millionen macht das niemand. Man nimmt einen kleinen *Stapel*, geht einen Schritt und macht mit dem nächsten Stapel weiter. Jeder Stapel hat seine eigene Landschaft, und seine Steigung ist nur ungefähr die richtige.',
        'Die dünnen Linien auf der Karte zeigen, wohin jeder Stapel dieser Epoche den nächsten Schritt lenken würde. Hoch am Hang sind sie sich einig. Nahe am tiefsten Punkt widersprechen sie einander, und der Lauf irrt umher, statt anzukommen.',
        'Wie weit er umherirrt, lässt sich messen. Wir haben die Beispiele in 5 Reihenfolgen genommen und auf die Schritte 1.500 bis 2.000 gesehen. Mit einer Rate von 0,01 bleiben Stapel zu 4 im Mittel 0,05 vom tiefsten Punkt entfernt, Stapel zu 10 nur 0,02. Eine kleinere Rate beruhigt: Mit 0,003 sind es bei Stapeln zu 4 noch 0,015, aber der Weg dauert länger.',
      ],
      experiments: { four: 'Stapel zu 4', ten: 'Stapel zu 10', calm: 'Stapel zu 4, Rate 0,003' },
    },
    network: {
      title: 'Ein Netz ist keine Schüssel',
      prose: [
        'Die gerade Anpassung hat ein einziges Tal. Bei einem Netz mit verborgenen Neuronen ist das anders. Dieses hier soll die vier Ecken aus Kapitel 4 unterscheiden: zwei Eingaben, vier tanh-Neuronen, eine Ausgabe, 17 Gewichte. Seine Landschaft hat 17 Dimensionen, und das zeigt keine Karte. Also legen wir eine Ebene durch drei ihrer Orte. Bei (0; 0) ist das untrainierte Netz. Zwei trainierte sind A bei (1; 0) und B bei (0; 1). Der Lauf darf sich nur auf dieser Ebene bewegen.',
        'Von (0; 0) aus endet er in A. Von (−0,5; 1) aus endet er in B. Von (0; −0,5) aus endet er in einer Mulde mit einem Verlust von 0,30; in A sind es 0,025. Dort unten verrät ihm nichts, dass es tiefere Orte gibt: Der Gradient ist *lokal*. Von 49 Anfängen, gleichmäßig über die Karte verteilt, endeten 17 in A, 21 in B und 11 in einer von zwei Mulden.',
        'Auch die Krümmung ist überall anders. In A ist sie 18,8, in B 12,6; A verträgt also Raten bis 0,106 und B bis 0,158. Mit 0,14 kommt ein Lauf in B zur Ruhe, in A geht er für immer hin und her.',
      ],
      experiments: {
        toA: 'Von (0; 0)',
        toB: 'Von (−0,5; 1)',
        hollow: 'Von (0; −0,5)',
        jump: 'Nahe A, Rate 0,14',
      },
    },
    check: {
      title: 'Wie weit traust du dich?',
      prose: [
        'Zwei Aufgaben. Die erste spielt in einem anderen Tal, dessen Hänge anders steil sind: Die Raten von oben helfen dir dort nicht, aber was du über sie weißt.',
        'In der zweiten bekommst du einen neuen Regler. *Schwung* (englisch: momentum) nimmt einen Teil jedes Schritts in den nächsten mit, so wie eine Kugel weiterrollt. Quer zum Tal heben sich die Stöße auf, entlang des Bodens summieren sie sich.',
      ],
      experiments: { other: 'Ins andere Tal', seventy: 'Zurück ins erste Tal' },
    },
    recap: {
      title: 'Hinab ist leicht, wie weit ist schwer',
      prose: [
        'Der Gradient sagt, wo es hinabgeht: für den Ort, an dem du stehst, und für keinen anderen. Wie weit du gehst, wählst du selbst. 1/λmax ist der längste Schritt, der über nichts hinausgeht, jenseits von 2/λmax hält nichts mehr, und in einem Netz ist λmax an jedem Ort ein anderes.',
        'Schwung macht lange Täler kurz. Das Lehrbuch nimmt hier die Rate 4/121 mit Schwung 81/121; damit ist der Lauf nach 58 Schritten endgültig da, wo er ohne Schwung mit jeder Rate mehr als 340 braucht. Mit 0,028 und 0,72 ist er nach 35 Schritten auf 0,001 nahe, rollt noch einmal hinaus und bleibt ab Schritt 49: Das Ausschwingen kostet den Rest.',
        'Behalte einen Lauf als B, ändere in A eine einzige Sache und lass beide laufen. Das Programm unten wiederholt deinen Lauf und gibt den Verlust dieser Seite aus. Eine Frage bleibt: Diese Anpassung hat zwei Gewichte, wirkliche Netze haben Millionen. Woher kommt der Gradient für alle? Davon handelt das nächste Kapitel.',
      ],
    },
  },
  predictions: {
    twice: {
      question: 'Was geschieht mit einer Lernrate von 0,021, etwa doppelt so groß?',
      choices: {
        faster: 'Er kommt etwa doppelt so schnell an',
        zigzag: 'Er geht quer zum Tal hin und her und kommt an',
        away: 'Er läuft davon und kommt nie zurück',
      },
      explanation:
        'Jeder Schritt geht über das Tal hinaus und endet 10 % weiter vom Boden, als er begann. Nach 425 Schritten ist der Verlust eine zu große Zahl für float32, und das Training hält an. Mit 0,0198 kommt er noch an, nach 361 Schritten; ab 0,02 nie.',
    },
  },
  checks: {
    largest: {
      title: 'Die größte Rate, die hält',
      task: 'Geh ins andere Tal und sieh dich dort um. Was ist die größte Lernrate, mit der ein Lauf ohne Schwung nicht davonläuft? Der Prüfer beginnt bei (1; 1) und geht 200 Schritte mit dem 0,9-Fachen und mit dem 1,1-Fachen deiner Zahl. Der erste Lauf muss hinabkommen, der zweite davonlaufen.',
      reasons: {
        otherLandscape: () => 'In dieser Aufgabe geht es um das andere Tal: Geh mit dem Knopf oben dorthin.',
        noAnswer: () => 'Schreib deine Lernrate als Zahl über 0.',
        tooHigh: ({ low }) => `Schon mit ${low}, neun Zehnteln deiner Zahl, läuft er davon. Trau dich weniger.`,
        tooLow: ({ high }) =>
          `Auch mit ${high}, einem Zehntel mehr als deiner Zahl, kommt er noch hinab. Du kannst mehr wagen.`,
        solved: ({ low, high }) =>
          `Mit ${low} kommt er hinab, mit ${high} läuft er davon. Die Grenze liegt bei 2/λmax, in jedem Tal.`,
      },
    },
    seventy: {
      title: 'In 70 Schritten endgültig da',
      task: 'Geh zurück ins erste Tal. Wähle eine Lernrate und einen Schwung, mit denen ein Lauf von (1; 1) aus, mit allen vierzig Messungen in jedem Schritt, ab Schritt 70 näher als 0,001 am tiefsten Punkt bleibt.',
      reasons: {
        otherLandscape: () => 'In dieser Aufgabe geht es um das erste Tal: Geh mit dem Knopf oben dorthin zurück.',
        batches: () => 'Stapel kommen nie zur Ruhe. Lass jeden Schritt alle Beispiele ansehen.',
        never: () => 'Mit diesen beiden Zahlen kommt er in 400 Schritten nicht zur Ruhe.',
        plain: ({ settled }) =>
          `Er bleibt dort ab Schritt ${settled}. Ohne Schwung braucht er mit jeder Rate mehr als 340 Schritte.`,
        late: ({ settled, latest }) =>
          `Er bleibt dort ab Schritt ${settled}; gefragt ist ${latest} oder früher. Schwingt er lange hin und her, ist es zu viel Schwung; kriecht er, ist es zu wenig davon oder von der Rate.`,
        solved: ({ settled }) =>
          `Ab Schritt ${settled} bleibt er dort. Eine Kugel, die weiterrollt, ist Hunderte von Schritten wert.`,
      },
    },
  },
}
