/**
 * A number that grows whenever something changed on which compiled programs may depend besides their arguments: the
 * device, a module's mode, which parameters want gradients. While it stands still a compiled call checks nothing else.
 */
export const epoch = {
  value: 0,
  /** Grows with every change of the device. */
  device: 0,
}

/** Tells compiled functions to look again at what they depend on. Called by setters of modes and flags. */
export function nextEpoch(): void {
  epoch.value++
}
