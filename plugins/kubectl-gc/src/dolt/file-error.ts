/**
 * Whether a file or a folder of this machine could not be read or written. Node words such errors `CODE: what, syscall`,
 * and those of sockets `syscall CODE`.
 */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error && error.message.startsWith(`${error.code}: `)
}
