import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A self-signed certificate for a name and 127.0.0.1, PEM. Good for a day. */
export function selfSigned(name: string): { cert: string; key: string } {
  const directory = mkdtempSync(join(tmpdir(), 'kube-cert-'))
  const cert = join(directory, 'cert.pem')
  const key = join(directory, 'key.pem')
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
        '-subj',
        `/CN=${name}`,
        '-addext',
        `subjectAltName=DNS:${name},IP:127.0.0.1`,
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'pipe' },
    )
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** The same as kubeconfig's `-data` fields have it. */
export const base64 = (text: string) => Buffer.from(text).toString('base64')
