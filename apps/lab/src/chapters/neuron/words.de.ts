import type { NeuronMessages } from '../../locales/bench-messages.ts'

export const neuron: NeuronMessages = {
  point: 'Heute',
  inputs: ['Wolken x₁', 'Feuchte x₂'],
  numbers: 'Seine drei Zahlen',
  threshold: (value) => `Schwelle ${value}`,
  sumName: 'Die Summe',
  begin: 'Noch ist nichts zusammengezählt. Schritt macht das erste Produkt.',
  product: ({ index, input, weight, product }) => `Eingabe ${index} mal ihr Gewicht: ${input} × ${weight} = ${product}`,
  sum: ({ products, bias, sum }) => `Beide zusammen, plus der Bias: ${products} + ${bias} = ${sum}`,
  answer: ({ sum, threshold, output, fires }) =>
    `${sum} ${fires ? 'erreicht die' : 'bleibt unter der'} Schwelle ${threshold}: Das Neuron ${fires ? 'feuert' : 'ruht'}, und ${output} kommt heraus`,
  fires: 'feuert',
  rests: 'ruht',
  bars: 'Wie die Summe zusammenkommt',
  mistakes: 'Fehler',
  length: 'Länge der Gewichte',
  distance: 'Vom Ursprung zur Linie',
  days: ({ right, of, wet }) => `${right} von ${of} Tagen sind richtig; an ${wet} davon sagt das Neuron: Schirm.`,
  place:
    'Klick ins Bild, um einen anderen Ort anzusehen. Zieh am runden Griff, um die Linie zu verschieben, am eckigen, um sie zu drehen.',
}
