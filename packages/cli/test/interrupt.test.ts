import { afterEach, expect, test, vi } from 'vitest'
import { Interrupt } from '../src/training/interrupt.ts'

afterEach(() => void vi.restoreAllMocks())

test('the first Ctrl-C asks for an end and says so once, the second ends the process at once', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never)
  const onFirst = vi.fn()
  const before = process.listenerCount('SIGINT')
  const interrupt = new Interrupt(onFirst)
  expect(interrupt.happened).toBe(false)
  process.emit('SIGINT')
  expect(interrupt.signal.aborted).toBe(true)
  expect(onFirst).toHaveBeenCalledTimes(1)
  expect(exit).not.toHaveBeenCalled()
  process.emit('SIGINT')
  expect(onFirst).toHaveBeenCalledTimes(1)
  expect(exit).toHaveBeenCalledExactlyOnceWith(130)
  interrupt.release()
  expect(process.listenerCount('SIGINT')).toBe(before)
})
