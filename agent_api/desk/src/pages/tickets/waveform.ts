// The shape of a recording, for the eye. Pure.

/** The loudest sample of each of `bars` equal parts, as a share of the loudest of all (at least a quiet floor). */
export function peaksOf(samples: ArrayLike<number>, bars: number): number[] {
  const part = samples.length / bars
  const peaks = Array.from({ length: bars }, (_, bar) => {
    let loudest = 0
    for (let at = Math.floor(bar * part); at < Math.floor((bar + 1) * part); at += 1) loudest = Math.max(loudest, Math.abs(samples[at] ?? 0))
    return loudest
  })
  // A silent recording stays flat instead of showing its noise as speech.
  const top = Math.max(0.02, ...peaks)
  return peaks.map((peak) => peak / top)
}
