const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** A number of bytes for people: `512 B`, `1.5 MiB`. */
export function size(bytes: number): string {
  let power = 0
  let amount = bytes
  while (amount >= 1024 && power < units.length - 1) {
    amount /= 1024
    power += 1
  }
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`
}
