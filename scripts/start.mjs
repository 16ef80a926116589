// npm start: trains a network that reads digits, in the terminal, and serves the lab beside it.
import { ensureInstalled } from './install.mjs'

const words = process.argv.slice(2)
const isTalking = !words.includes('--json') && !words.includes('--help') && !words.includes('-h')
const isServing = isTalking && !words.includes('--once')

/** @param {string} name the value of an option, written `--name value` or `--name=value` */
const valueOf = (name) => {
  const place = words.indexOf(name)
  return place < 0 ? words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : words[place + 1]
}

const beside = isServing ? await openLab() : undefined
if (isTalking) introduce()
ensureInstalled()
const { build } = await import('./build.mjs')
await build({ log: isTalking ? console.log : () => {} })
void beside?.build()

// The command line runs in this process, so that Ctrl-C reaches it directly.
const { neurite } = await import(new URL('../packages/cli/dist/neurite.js', import.meta.url).href)
const audience = beside && {
  show: beside.show,
  note: `The lab stays at ${beside.url} until you quit.`,
  farewell: 'The lab closes with it; `npm run lab` opens it again, with the network that was saved.',
}
await neurite(['train', 'digits', ...words], audience)

/** A lab that cannot be served keeps nobody from training. */
async function openLab() {
  const { openBeside } = await import('./lab-beside.mjs')
  try {
    return await openBeside({ folder: valueOf('--out') ?? 'runs/digits' })
  } catch (error) {
    console.log(`The lab cannot be served: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** Says at once what will happen: the installation may take a while. */
function introduce() {
  const lines = [
    '',
    'A network will learn to read handwritten digits, here, from nothing. It takes about a minute.',
    '',
    '  1  What is missing is installed and built (the first time only).',
    '  2  65,000 digits are drawn, to learn from and to test with.',
    '  3  The network guesses, is corrected, and guesses better. One digit is asked again after each epoch.',
    '  4  You see what it can do, and what it takes for what.',
    '',
  ]
  if (valueOf('--data') === 'mnist')
    lines[4] = '  2  70,000 real digits (MNIST) are read, to learn from and to test with.'
  console.log(lines.join('\n'))
  if (beside !== undefined) {
    console.log(`The lab: ${beside.url}`)
    console.log('Open it in a browser while the network learns: it shows this network at work, and explains it.\n')
  }
}
