/** What of the protocol works here, beyond what every provider does. */
const CAPABILITIES = ['report-attachment', 'report-activity', 'proc.exec', 'proc.provision', 'proc.stream']

/** The answer to `protocol`: which version is spoken, and what of it works. No cluster is asked. */
export function handshake(): string {
  return `${JSON.stringify({ version: 0, capabilities: CAPABILITIES })}\n`
}
