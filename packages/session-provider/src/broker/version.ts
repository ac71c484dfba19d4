/** Of what travels over the socket. Another number is another language. */
export const PROTOCOL = 1

/** Whether version `a` (`MAJOR.MINOR.PATCH`) is later than version `b`. */
export function isLater(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split(/[.+-]/).slice(0, 3).map(Number))
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
