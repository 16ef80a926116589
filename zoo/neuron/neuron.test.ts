import { Linear, Step, tensor } from 'neurite'
import { expect, test } from 'vitest'
import { fire } from './neuron.ts'

const neuron = { weights: [0.5, 0.7], bias: 0, threshold: 0.5 }

test('inputs 0.5 and 0.6 give the weighted sum 0.67, and the neuron fires', () => {
  const { products, weightedSum, output } = fire(neuron, [0.5, 0.6])
  expect(products[0]).toBeCloseTo(0.25, 12)
  expect(products[1]).toBeCloseTo(0.42, 12)
  expect(weightedSum).toBeCloseTo(0.67, 12)
  expect(output).toBe(1)
})

test('it fires at the threshold, and not below', () => {
  expect(fire({ weights: [1], bias: 0, threshold: 0.5 }, [0.5]).output).toBe(1)
  expect(fire({ weights: [1], bias: 0, threshold: 0.5 }, [0.4999]).output).toBe(0)
  expect(fire({ ...neuron, bias: -0.2 }, [0.5, 0.6]).output).toBe(0)
})

test('a Linear layer with a step activation is the same neuron', async () => {
  const layer = new Linear(2, 1)
  layer.loadStateDict({ weight: tensor([[0.5, 0.7]]), bias: tensor([0]) })
  const sum = layer.forward(tensor([[0.5, 0.6]]))
  expect(await sum.item()).toBeCloseTo(0.67, 6)
  expect(await new Step({ threshold: 0.5 }).forward(sum).item()).toBe(1)
})
