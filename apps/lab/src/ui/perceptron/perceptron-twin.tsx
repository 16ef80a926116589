import type { JSX } from 'preact'
import { lineOf } from '../../core/neuron.ts'
import type { PerceptronFrame } from '../../core/protocol.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { LaterPart } from '../later-part.tsx'
import { Twin, TwinBody } from '../twin.tsx'
import { boundSentence, lastSentence } from './sentences.ts'

/** The picture in words, from the same frame; every point as a table on demand. */
export function PerceptronTwin({ frame }: { readonly frame: PerceptronFrame }): JSX.Element {
  const { messages } = usePage()
  const print = useShortNumbers()
  const { perceptron } = messages
  const [w1, w2, bias] = frame.weights as readonly [number, number, number]
  const { length, distance } = lineOf([w1, w2], bias)
  const lines = [
    perceptron.seen({ seen: frame.step, updates: frame.updates, right: frame.right, of: frame.points.ids.length }),
    perceptron.weights({ w1: print(w1), w2: print(w2), b: print(bias) }),
    length === 0 ? messages.twin.noLine : messages.twin.line(print(Math.abs(distance))),
    lastSentence(frame, messages),
    boundSentence(frame, messages, print),
  ]
  return (
    <Twin>
      <TwinBody lines={lines}>
        {(hasTable) => (
          <LaterPart load={() => import('./point-table.tsx')} isWanted={hasTable}>
            {({ PointTable }) => <PointTable frame={frame} />}
          </LaterPart>
        )}
      </TwinBody>
    </Twin>
  )
}
