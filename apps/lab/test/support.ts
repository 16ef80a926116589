import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../scripts/install.mjs'
import { expect } from 'vitest'
import type { ChapterText } from '../src/chapters/chapter-text.ts'
import type { ChapterDefinition } from '../src/core/chapter/define-chapter.ts'
import type { RunSpec } from '../src/core/run/spec.ts'

/** A small run that every test can begin with. */
export const startSpec: RunSpec = {
  v: 1,
  chapter: 'hidden-layers',
  seed: 1,
  data: { kind: 'xor', samples: 200, noise: 0.12, seed: 1 },
  model: { kind: 'mlp', layers: [2], activation: 'tanh' },
  optimiser: { learningRate: 0.3, momentum: 0 },
  batch: 0,
}

/** Every part of a chapter has its words: beats, experiments, predictions, and each reason that a check's code names. */
export function expectCompleteText(chapter: ChapterDefinition, text: ChapterText): void {
  for (const beat of chapter.beats) {
    const words = text.beats[beat.id]
    expect(words?.prose.join('').length, `prose of ${beat.id}`).toBeGreaterThan(80)
    for (const { id } of beat.experiments ?? []) expect(words?.experiments?.[id], `experiment ${id}`).toBeTruthy()
    if (beat.prediction === undefined) continue
    const prediction = text.predictions[beat.prediction.id]
    expect(prediction?.explanation, `prediction ${beat.prediction.id}`).toBeTruthy()
    for (const choice of beat.prediction.choices) expect(prediction?.choices[choice], `choice ${choice}`).toBeTruthy()
  }
  for (const check of chapter.checks) {
    const words = text.checks[check.id]
    expect(words?.task, `check ${check.id}`).toBeTruthy()
    for (const [, reason] of String(check.judge).matchAll(/(?:passed|missed)\)?\(\s*["'`](\w+)["'`]/g)) {
      expect(words?.reasons[reason!], `reason ${reason} of ${check.id}`).toBeTypeOf('function')
    }
  }
}

/** Runs a program in a Node of its own, with the built package, as a visitor would. */
export function printed(program: string, name: string): string {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const file = join(root, '.cache', `lab-program-${name}.mjs`)
  writeFileSync(file, program)
  try {
    return execFileSync(process.execPath, [file], { encoding: 'utf8', cwd: root }).trim()
  } finally {
    rmSync(file)
  }
}
