import { DataError } from '../../errors.ts'
import { BytePairVocabulary } from './byte-pair-vocabulary.ts'
import { CharacterVocabulary } from './character-vocabulary.ts'
import { TokenTable } from './vocabulary.ts'
import type { StoredVocabulary, Vocabulary } from './vocabulary.ts'
import { WordVocabulary } from './word-vocabulary.ts'

/**
 * The vocabulary that `toJSON` stored.
 *
 * @throws DataError for something else
 *
 * @example
 * ```ts
 * import { CharacterVocabulary, vocabularyFromJSON } from 'neurite/data'
 *
 * const stored = JSON.stringify(CharacterVocabulary.build('hello'))
 * const vocabulary = vocabularyFromJSON(JSON.parse(stored))
 * console.log([...vocabulary.encode('hole')]) // → [ 1, 3, 2, 0 ]
 * ```
 */
export function vocabularyFromJSON(stored: StoredVocabulary): Vocabulary {
  if (stored.kind === 'bytePair') return new BytePairVocabulary(stored.specials, stored.merges)
  if (stored.kind !== 'character' && stored.kind !== 'word') {
    throw new DataError({
      what: `vocabularyFromJSON: the kind is ${JSON.stringify((stored as { kind?: unknown }).kind)}`,
      expected: 'character, word or bytePair',
      fix: 'pass what toJSON of a vocabulary gave',
    })
  }
  const table = new TokenTable(stored.tokens, stored.specials, stored.unknown ?? undefined)
  return stored.kind === 'character'
    ? new CharacterVocabulary(table)
    : new WordVocabulary(table, stored.lowercase === true)
}
