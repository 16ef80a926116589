import type { JSX } from 'preact'
import type { ChapterDefinition } from '../core/chapter/define-chapter.ts'
import type { ChapterId } from '../core/run/spec.ts'
import type { Language } from '../locales/index.ts'
import type { ChapterText } from './chapter-text.ts'

/** Everything a chapter brings; loaded when it is entered. */
export interface Chapter {
  readonly definition: ChapterDefinition
  readonly text: ChapterText
  /** The panels of its bench. */
  readonly Scene: () => JSX.Element
}

/** Chapters that have passed their gate, in the order in which they are read. Others are not listed. */
export const LISTED: readonly ChapterId[] = [
  'neuron',
  'perceptron',
  'linear-separability',
  'hidden-layers',
  'gradient-descent',
  'backpropagation',
]

type Loader = (language: Language) => Promise<Chapter>

const LOADERS: Partial<Record<ChapterId, Loader>> = {
  neuron: async (language) => {
    const [{ chapter }, { Scene }, { text }] = await Promise.all([
      import('./neuron/chapter.ts'),
      import('./neuron/scene.tsx'),
      language === 'de' ? import('./neuron/text.de.ts') : import('./neuron/text.en.ts'),
    ])
    return { definition: chapter, text, Scene }
  },
  perceptron: async (language) => {
    const [{ chapter }, { Scene }, { text }] = await Promise.all([
      import('./perceptron/chapter.ts'),
      import('./perceptron/scene.tsx'),
      language === 'de' ? import('./perceptron/text.de.ts') : import('./perceptron/text.en.ts'),
    ])
    return { definition: chapter, text, Scene }
  },
  'linear-separability': async (language) => {
    const [{ chapter }, { Scene }, { text }] = await Promise.all([
      import('./linear-separability/chapter.ts'),
      import('./linear-separability/scene.tsx'),
      language === 'de' ? import('./linear-separability/text.de.ts') : import('./linear-separability/text.en.ts'),
    ])
    return { definition: chapter, text, Scene }
  },
  'hidden-layers': async (language) => {
    const [{ chapter }, { Scene }, { text }] = await Promise.all([
      import('./hidden-layers/chapter.ts'),
      import('./hidden-layers/scene.tsx'),
      language === 'de' ? import('./hidden-layers/text.de.ts') : import('./hidden-layers/text.en.ts'),
    ])
    return { definition: chapter, text, Scene }
  },
  'gradient-descent': async (language) => {
    const [{ chapter }, { Scene }, { text }] = await Promise.all([
      import('./gradient-descent/chapter.ts'),
      import('./gradient-descent/scene.tsx'),
      language === 'de' ? import('./gradient-descent/text.de.ts') : import('./gradient-descent/text.en.ts'),
    ])
    return { definition: chapter, text, Scene }
  },
  backpropagation: async (language) => {
    const [{ chapter }, { Scene }, { text }] = await Promise.all([
      import('./backpropagation/chapter.ts'),
      import('./backpropagation/scene.tsx'),
      language === 'de' ? import('./backpropagation/text.de.ts') : import('./backpropagation/text.en.ts'),
    ])
    return { definition: chapter, text, Scene }
  },
}

/** Undefined for a chapter that is not listed. */
export async function loadChapter(id: string, language: Language): Promise<Chapter | undefined> {
  const listed = LISTED.find((candidate) => candidate === id)
  return listed === undefined ? undefined : LOADERS[listed]?.(language)
}
