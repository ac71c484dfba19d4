import { readFileSync } from 'node:fs'

/** A committed page is not what the code gives. */
export class OutdatedPage extends Error {}

/**
 * Compares a page with what it should be, and changes nothing.
 * @param name the page, for the message
 * @param command what writes the page
 * @throws {OutdatedPage} it differs, or is not there
 */
export function checkPage(file: string, text: string, name: string, command: string): void {
  if (read(file) !== text) throw new OutdatedPage(`${name} is not what the code says\nRun: ${command}`)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
