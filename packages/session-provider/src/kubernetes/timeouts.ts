/** Milliseconds that each kind of work may take. */
export interface Timeouts {
  /** TCP and TLS. */
  connect: number
  /** A session verb, and one request. */
  verb: number
  start: number
  /** A stop, beyond its grace period. */
  stop: number
}

/** The longest that a timer takes. */
const LONGEST = 2 ** 31 - 1

/** All of them from a verb's time. From 10 s: 3 s to connect, 55 s to start, of which gc allows 60, 20 s to stop. */
export function timeoutsOf(verb: number): Timeouts {
  const times = (factor: number) => Math.min(Math.round(verb * factor), LONGEST)
  return { connect: times(0.3), verb, start: times(5.5), stop: times(2) }
}
