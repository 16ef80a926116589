import { type Browser, chromium } from 'playwright-core'
import type { TestContext } from 'vitest'
import { findChromium } from '../../../../scripts/browser.mjs'
import { needs } from './shared.ts'

/** Starts a headless Chromium, or ends the test as "not run" where none can be found or installed. */
export async function launchChromium(context: TestContext, args: string[] = []): Promise<Browser> {
  const executablePath = needs(context, 'Chromium (set CHROMIUM_PATH, or install chromium)', findChromium())
  // A container's root user has no namespaces for the sandbox, and /dev/shm is small there.
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-dev-shm-usage', ...args] })
}
