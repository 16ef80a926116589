import { DataError } from '../../errors.ts'
import type { Source } from './mirror.ts'
import { openSource } from './source.ts'
import type { LoadOptions } from './source.ts'
import { decodeText, linesOf } from './text-file.ts'

const source: Source = {
  title: 'SMS spam',
  folder: 'sms-spam',
  variable: 'NEURITE_SMS_SPAM_MIRROR',
  publicMirror: undefined,
  origin: 'the SMS Spam Collection at https://archive.ics.uci.edu/dataset/228',
  holds: 'the file SMSSpamCollection',
  isCompressed: false,
}

/** How many messages of each class the collection has; its editions differ in line ends, so no checksum fits them all. */
const expected = { ham: 4827, spam: 747 }

/** Text messages, and which of them are spam. */
export interface SmsSpam {
  readonly texts: string[]
  /** 0 for ham, 1 for spam. */
  readonly labels: Int32Array
  readonly classNames: readonly string[]
}

/**
 * 5,574 text messages in English: 4,827 honest ones (ham, label 0) and 747 of spam (label 1). Some are crude. The mirror
 * holds the file `SMSSpamCollection`, one message per line: label, tabulator, text. There is no public mirror of that
 * file: get the collection from the address below.
 *
 * Source: T. Almeida and J. Gómez Hidalgo, "SMS Spam Collection", https://archive.ics.uci.edu/dataset/228.
 *
 * @throws DataError for a file that is missing, cut off or altered, and when no mirror is named
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { smsSpam } from 'neurite/data'
 *
 * try {
 *   const { texts, labels } = await smsSpam({ mirror: './no-such-folder' })
 *   console.log(texts.length, labels.length)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function smsSpam(options: LoadOptions = {}): Promise<SmsSpam> {
  const reader = openSource('smsSpam', source, options)
  const content = await reader.read('SMSSpamCollection', { check: (bytes) => void parseMessages(bytes) })
  return parseMessages(content)
}

function parseMessages(bytes: Uint8Array): SmsSpam {
  const lines = linesOf(decodeText(source.title, bytes))
  const texts: string[] = []
  const labels = new Int32Array(lines.length)
  for (const [index, line] of lines.entries()) {
    const [, label, text] = /^(ham|spam)\t(.*)$/s.exec(line) ?? []
    if (label === undefined) {
      throw wrongFile(`line ${index + 1} is ${JSON.stringify(line.slice(0, 40))}`, 'ham or spam, a tabulator, the text')
    }
    texts.push(text!)
    labels[index] = label === 'spam' ? 1 : 0
  }
  const spam = labels.reduce((sum, label) => sum + label, 0)
  if (spam !== expected.spam || labels.length - spam !== expected.ham) {
    const what = `the file has ${labels.length - spam} messages of ham and ${spam} of spam`
    throw wrongFile(what, `${expected.ham} and ${expected.spam}`)
  }
  return { texts, labels, classNames: ['ham', 'spam'] }
}

function wrongFile(what: string, expectation: string): DataError {
  return new DataError({
    what: `SMS spam: ${what}`,
    expected: expectation,
    fix: `the file was cut off or altered: get it again (${source.origin})`,
  })
}
