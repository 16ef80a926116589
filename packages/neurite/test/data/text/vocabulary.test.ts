import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  BytePairVocabulary,
  CharacterVocabulary,
  splitWords,
  vocabularyFromJSON,
  WordVocabulary,
} from '../../../src/data/index.ts'
import type { StoredVocabulary, Vocabulary } from '../../../src/data/index.ts'
import { ArgumentError, DataError, IndexOutOfRangeError } from '../../../src/errors.ts'
import { needs, sharedPath } from '../../support/shared.ts'

const text = 'the cat and the hat,\n\tand  the rat: naïve 猫 ☺ 12.5 don’t'
const again = (vocabulary: Vocabulary): Vocabulary =>
  vocabularyFromJSON(JSON.parse(JSON.stringify(vocabulary)) as StoredVocabulary)

const builders: [string, () => Vocabulary][] = [
  ['characters', () => CharacterVocabulary.build(text, { specials: ['<pad>', '<end>'] })],
  ['words', () => WordVocabulary.build(text, { specials: ['<pad>', '<end>'] })],
  ['byte pairs', () => BytePairVocabulary.build(text, { size: 270, specials: ['<pad>', '<end>'] })],
]

describe.each(builders)('a vocabulary of %s', (name, build) => {
  test('encodes to numbers below its size, and back', () => {
    const vocabulary = build()
    const tokens = vocabulary.encode(text)
    expect(tokens).toBeInstanceOf(Int32Array)
    expect(tokens.every((token) => token >= 2 && token < vocabulary.size)).toBe(true)
    const back = vocabulary.decode(tokens)
    expect(back).toBe(name === 'words' ? splitWords(text).join(' ') : text)
    expect(vocabulary.encode(back)).toEqual(tokens)
    expect([...vocabulary.encode('')]).toEqual([])
  })

  test('comes back from JSON', () => {
    const vocabulary = build()
    const read = again(vocabulary)
    expect([read.size, read.specials]).toEqual([vocabulary.size, vocabulary.specials])
    expect(read.encode(text)).toEqual(vocabulary.encode(text))
    expect(read.toJSON()).toEqual(vocabulary.toJSON())
  })

  test('has special tokens that no text gives', () => {
    const vocabulary = build()
    const [pad, end] = ['<pad>', '<end>'].map((token) => vocabulary.indexOf(token))
    expect(Math.max(pad!, end!)).toBeLessThan(vocabulary.specials.length)
    const tokens = Int32Array.of(...vocabulary.encode('the'), end!, pad!)
    expect(vocabulary.decode(tokens).replaceAll(' ', '')).toBe('the<end><pad>')
    expect(vocabulary.decode(tokens, { skipSpecials: true })).toBe('the')
    if (name === 'byte pairs') expect(vocabulary.encode('<end>')).not.toContain(end)
  })

  test('refuses numbers and tokens that it has not', () => {
    const vocabulary = build()
    expect(() => vocabulary.decode([3, vocabulary.size])).toThrow(IndexOutOfRangeError)
    expect(() => vocabulary.decode([-1])).toThrow('place 0 holds -1')
    expect(() => vocabulary.indexOf('<start>')).toThrow(ArgumentError)
    expect(() => vocabulary.decode([3], { skip: true } as never)).toThrow("no option 'skip'")
  })
})

describe('characters', () => {
  test('are numbered in the order of their code points', () => {
    const vocabulary = CharacterVocabulary.build(['banana', 'n😀ﬀ'])
    expect([...vocabulary.encode('abnﬀ😀')]).toEqual([0, 1, 2, 3, 4])
  })

  test('that are unknown are an error, or a token', () => {
    expect(() => CharacterVocabulary.build('ab').encode('abc')).toThrow(DataError)
    expect(() => CharacterVocabulary.build('ab').encode('abc')).toThrow('the character "c" at place 2')
    const lenient = CharacterVocabulary.build('ab', { unknown: '<unknown>' })
    expect([...lenient.encode('acb')]).toEqual([1, 0, 2])
    expect(again(lenient).decode([1, 0])).toBe('a<unknown>')
  })

  test('refuse special tokens of the text', () => {
    expect(() => CharacterVocabulary.build('ab', { specials: ['a'] })).toThrow('"a" comes twice')
    expect(() => CharacterVocabulary.build('ab', { special: ['c'] } as never)).toThrow("no option 'special'")
  })

  test('of tiny-shakespeare: 65', (context) => {
    const path = needs(context, '../shared/data/tiny-shakespeare', sharedPath('data/tiny-shakespeare/input.txt'))
    const plays = readFileSync(path, 'utf8')
    const vocabulary = CharacterVocabulary.build(plays)
    expect(vocabulary.size).toBe(65)
    expect(vocabulary.decode(vocabulary.encode(plays)) === plays).toBe(true)
  })
})

describe('words', () => {
  test('are split as people write', () => {
    expect(splitWords("Don't go to 3.5 km — now!")).toEqual(["Don't", 'go', 'to', '3', '.', '5', 'km', '—', 'now', '!'])
  })

  test('the frequent come first, the rare can be left out', () => {
    const texts = ['b b a', 'a c B']
    expect([...WordVocabulary.build(texts).encode('a b c B')]).toEqual([1, 2, 4, 3])
    const small = WordVocabulary.build(texts, { lowercase: true, minimumCount: 2 })
    expect([small.size, ...small.encode('B A C')]).toEqual([3, 1, 2, 0])
    expect(WordVocabulary.build(texts, { size: 2 }).size).toBe(2)
    expect([...again(small).encode('B')]).toEqual([1])
  })

  test.each([{ size: 1 }, { minimumCount: 0 }, { lower: true }])('refuse %s', (options) => {
    expect(() => WordVocabulary.build('a', options as never)).toThrow(ArgumentError)
  })
})

describe('byte pairs', () => {
  test('are joined by their number', () => {
    const vocabulary = BytePairVocabulary.build('aaab aaab xaaab', { size: 260 })
    // 'aa' comes 6 times; then 'aa'+'a' and 'a'+'b' 3 times each, and the smaller numbers win; the last comes 3 times.
    expect([256, 257, 258].map((token) => vocabulary.tokenText(token))).toEqual(['aa', 'ab', 'aaab'])
    expect(vocabulary.size).toBe(259)
  })

  test('are those that counting all pairs anew each time finds', () => {
    const words = text.repeat(2).match(/ ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu)!
    let sequences = words.map((word) => [...new TextEncoder().encode(word)])
    const merges: number[] = []
    for (let token = 256; ; token++) {
      const counts = new Map<string, number>()
      for (const sequence of sequences) {
        for (let i = 1; i < sequence.length; i++) {
          const pair = `${sequence[i - 1]!},${sequence[i]!}`
          counts.set(pair, (counts.get(pair) ?? 0) + 1)
        }
      }
      const most = Math.max(...counts.values())
      if (most < 2) break
      const pairs = [...counts].filter(([, count]) => count === most).map(([pair]) => pair.split(',').map(Number))
      const [first, second] = pairs.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)[0] as [number, number]
      merges.push(first, second)
      sequences = sequences.map((sequence) => {
        const result: number[] = []
        for (let i = 0; i < sequence.length; i++) {
          if (sequence[i] === first && sequence[i + 1] === second) result.push(token, ...(i++, []))
          else result.push(sequence[i]!)
        }
        return result
      })
    }
    const vocabulary = BytePairVocabulary.build(text.repeat(2), { size: 1000 })
    expect(vocabulary.toJSON()).toEqual({ kind: 'bytePair', specials: [], merges })
    expect([...vocabulary.encode(text.repeat(2))]).toEqual(sequences.flat())
  })

  test('stop where no pair comes twice', () => {
    expect(BytePairVocabulary.build('ab ab', { size: 500 }).size).toBe(257)
    expect(BytePairVocabulary.build('', { size: 256 }).encode('é').length).toBe(2)
  })

  test('never cross a word, and shorten the text', () => {
    const vocabulary = BytePairVocabulary.build(text.repeat(3), { size: 300 })
    for (let token = 256; token < vocabulary.size; token++) {
      expect(vocabulary.tokenText(token)).not.toMatch(/\S\s/)
    }
    expect(vocabulary.encode(text).length).toBeLessThan(text.length)
  })

  test('half a character becomes a replacement character', () => {
    const vocabulary = BytePairVocabulary.build('', { size: 256 })
    expect(vocabulary.decode(vocabulary.encode('é').subarray(0, 1))).toBe('\ufffd')
    expect(vocabulary.decode(vocabulary.encode('\ufeffa'))).toBe('\ufeffa')
  })

  test.each([{ size: 255 }, { size: 256.5 }, { size: 256, specials: ['<a>'] }])('refuse %s', (options) => {
    expect(() => BytePairVocabulary.build('a', options)).toThrow(ArgumentError)
  })

  test('of tiny-shakespeare: the text comes back, less than half as long', (context) => {
    const path = needs(context, '../shared/data/tiny-shakespeare', sharedPath('data/tiny-shakespeare/input.txt'))
    const plays = readFileSync(path, 'utf8')
    const vocabulary = BytePairVocabulary.build(plays, { size: 1000 })
    const tokens = vocabulary.encode(plays)
    expect(vocabulary.size).toBe(1000)
    expect(vocabulary.decode(tokens) === plays).toBe(true)
    expect(tokens.length).toBeLessThan(plays.length / 2.3)
    expect(vocabulary.indexOf(' the')).toBeGreaterThan(256)
  })
})

test('vocabularyFromJSON refuses something else', () => {
  expect(() => vocabularyFromJSON({ kind: 'other' } as never)).toThrow(DataError)
})
