import type { ChapterText } from '../chapter-text.ts'
import { pass } from './words.de.ts'

export const text: ChapterText = {
  messages: { pass, lossFormula: '(Ausgabe − Ziel)² für dieses Beispiel.' },
  lead: 'Das Netz hat etwas Falsches gesagt. Neun Zahlen waren beteiligt. Hier verfolgst du die Schuld zurück durch jede von ihnen, eine Rechnung nach der anderen.',
  beats: {
    hook: {
      title: 'Vorwärts: eine Rechnung nach der anderen',
      prose: [
        'Zwei Eingaben, zwei verborgene Neuronen, eine Ausgabe: neun Zahlen, die gelernt werden. Ausgeschrieben ist das Netz nichts als Multiplikationen, Additionen und eine Kurve namens σ, die jede Zahl zwischen 0 und 1 drückt.',
        'Drück den Pfeil unter der Maschine und sieh zu, wie die Werte nach rechts wandern, Kasten für Kasten. Jeder Kasten zeigt seine eigene kleine Rechnung. Am Ende steht der Verlust L: das Quadrat dessen, um was die Ausgabe y das Ziel t verfehlt.',
        'Du kannst jederzeit zurück und den Regler an jede Stelle des Durchgangs ziehen. Hinsehen ändert nichts.',
      ],
      experiments: { begin: 'Mit dem ersten Beispiel beginnen' },
    },
    explain: {
      title: 'Rückwärts: ankommend mal eigen',
      prose: [
        'Geh jetzt weiter. Nach dem Verlust kehrt der Durchgang um. Jeder Kasten stellt eine Frage: *Wüchse mein Ergebnis ein wenig, um wie viel wüchse der Verlust?* Diese Zahl ist sein Gradient, sein Anteil an der Schuld.',
        'Ein Kasten muss nie das ganze Netz kennen. Er bekommt von rechts den Gradienten seines Ergebnisses, nimmt ihn mit seiner eigenen kleinen Steigung mal und gibt das Produkt nach links weiter. Bei einer Multiplikation ist die Steigung nach dem einen Faktor der andere Faktor. Bei einer Addition ist sie 1. Bei σ ist sie h · (1 − h). *Ankommend × eigen = weitergegeben*, sonst geschieht nirgends etwas.',
        'Wo ein Wert zweimal gebraucht wurde, treffen sich zwei Ströme von Schuld und addieren sich. Sieh dir x₁ an: Es speist beide verborgenen Neuronen.',
      ],
    },
    predict: {
      title: 'Was kostet das?',
      prose: [
        'Es gibt einen einfacheren Weg zu einer Steigung: ein Gewicht ein wenig anstoßen, das Netz noch einmal rechnen und sehen, wie sich der Verlust ändert. Das braucht für jedes Gewicht eine Rechnung mehr: neun hier, 105 für ein Netz aus dem Kapitel über verborgene Schichten, Milliarden für ein Sprachmodell.',
      ],
    },
    play: {
      title: 'Zwei Wege, eine Antwort',
      prose: [
        'Die Tabelle unter dem Urteil zeigt alle neun Gradienten zweimal: aus einem Rückwärtsdurchgang, und aus dem Anstoßen jedes Gewichts um ein Zehntausendstel in beide Richtungen. Sie stimmen auf sechs Stellen und mehr überein. Täten sie es nicht, wäre eins von beiden falsch: So prüft man Backpropagation.',
        'Öffne ein Gewicht und ändere es. Die Karte zeigt die Änderung des Verlusts, die sein Gradient verspricht, und die, die wirklich eintritt. Bei kleinen Änderungen stimmen sie überein; bei großen hat sich die Kurve weggebogen.',
        'Drück Schritt: Jedes Gewicht geht seinem Gradienten entgegen, alle zugleich. Geh dann noch einmal durch und sieh, wie die Schuld geschrumpft ist.',
      ],
    },
    break: {
      title: 'Schuld, die stecken bleibt',
      prose: [
        'Die Steigung von σ ist höchstens ein Viertel und beinahe 0, wo ihr Wert nahe 0 oder 1 liegt. Mit einem Bias von 12 gibt das erste verborgene Neuron 0,99999, was auch hineingeht. Geh durch seinen Rückwärtsdurchgang: Seine eigene Steigung ist fast null, also kommt kaum Schuld bei w₁₁, w₁₂ und b₁ an.',
        'Schlimmer ist es, wenn die Ausgabe selbst am falschen Ende steckt. Dann ist der Verlust so groß, wie er sein kann, und trotzdem lernt nichts: Jeder Weg zu jedem Gewicht führt durch diese flache Stelle. Spätere Kapitel stapeln viele solche Faktoren; jeder ist eine weitere Gelegenheit für die Schuld, zu verblassen.',
        'Drück auf Zurücksetzen, behalte diesen Lauf als B, sättige dann in A die Ausgabe und drück auf Start: Beide gehen dieselben Schritte. Nach 100 davon hat B einen Verlust von 0,0014, A noch immer einen von beinahe 1.',
      ],
      experiments: { saturate: 'Das erste verborgene Neuron sättigen', stuck: 'Die Ausgabe am falschen Ende sättigen' },
    },
    check: {
      title: 'Jetzt du',
      prose: [
        'Zuerst ein Beispiel mit drei Lücken: Einige Gradienten sind verdeckt, und du trägst sie ein aus dem, was daneben steht. Dann eins, in dem alle neun verdeckt sind. Die Kästen zeigen noch die Werte und alles, was sonst fließt; multipliziere dich zurück.',
      ],
      experiments: { three: 'Nächstes Beispiel, drei Lücken', all: 'Noch ein Beispiel, alles verdeckt' },
    },
    recap: {
      title: 'Ein Durchgang, jede Steigung',
      prose: [
        'Ein Vorwärtsdurchgang rechnet den Verlust aus und behält jeden Wert auf dem Weg. Ein Rückwärtsdurchgang über dieselben Rechnungen gibt dann die Steigung für *jede* Zahl auf einmal, ob es neun sind oder neun Milliarden. Nichts darin ist tiefer als ankommend × eigen.',
        'Genau diesen Durchgang macht die Bibliothek, wenn da `loss.backward()` steht. Das Programm unten geht deine Schritte und gibt den Verlust dieser Seite aus.',
      ],
    },
  },
  predictions: {
    price: {
      question:
        'Ein Netz hat 105 Gewichte. Wie viele Rechnungen des Netzes kostet Backpropagation ungefähr für alle 105 Steigungen?',
      choices: {
        '1': 'etwa eine mehr',
        '9': 'etwa 9',
        '105': '105, eine für jedes Gewicht',
        '210': '210, zwei für jedes Gewicht',
      },
      explanation:
        'Der Rückwärtsdurchgang besucht jede Rechnung einmal, wie der Vorwärtsdurchgang, und hat dort ungefähr so viel zu tun. Anstoßen braucht eine Rechnung je Gewicht, oder zwei für eine gute Steigung: 105 oder 210.',
    },
  },
  checks: {
    gradient: {
      title: 'Trage einen Gradienten ein',
      task: 'Nimm ein anderes Beispiel als das erste, vor jedem Training. Wie groß ist der Gradient von w₁₁? Deine Antwort darf um ein Prozent danebenliegen.',
      reasons: {
        sameExample: () => 'Das erste Beispiel wurde dir vorgerechnet. Nimm das nächste, mit Lücken.',
        trained: () => 'Dieser Lauf wurde schon trainiert. Drück Zurücksetzen, damit es der Gradient des Anfangs ist.',
        noNumber: () => 'Schreib eine Zahl, etwa −0,012 oder −0.012.',
        sign: () => 'Die Größe stimmt. Achte auf das Vorzeichen: In welche Richtung ginge der Verlust?',
        wrong: () =>
          'Geh von L aus zurück: ankommend mal eigen an jedem Kasten, bis zur Multiplikation von w₁₁ und x₁.',
        right: ({ wanted }) => `Der Gradient von w₁₁ ist ${wanted}. Du hast von Hand getan, was die Bibliothek tut.`,
      },
    },
    best: {
      title: 'Eine Zahl darf sich bewegen',
      task: 'Du darfst ein einziges Gewicht um 0,1 bewegen, nach oben oder unten. Welches senkt den Verlust am meisten? Das Modell probiert alle neun.',
      choices: { w11: 'w₁₁', w12: 'w₁₂', b1: 'b₁', w21: 'w₂₁', w22: 'w₂₂', b2: 'b₂', v1: 'v₁', v2: 'v₂', c: 'c' },
      reasons: {
        noAnswer: () => 'Wähle eine der neun.',
        other: ({ chosen, drop }) =>
          `${chosen} zu bewegen senkt den Verlust um ${drop}. Eine andere senkt ihn mehr: Such den größten Gradienten, gleich mit welchem Vorzeichen.`,
        found: ({ best, most }) => `${best} zu bewegen senkt den Verlust um ${most}, am meisten von allen neun.`,
      },
    },
  },
}
