import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KnownSecrets } from '../../src/report/redact/known.ts'
import { isSecretName } from '../../src/report/redact/names.ts'
import { redactObject } from '../../src/report/redact/object.ts'
import { redactText, withoutTerminal } from '../../src/report/redact/text.ts'

const none = new KnownSecrets()
const removed = '<removed>'

test.for([
  ...['ANTHROPIC_API_KEY', 'DB_PASSWORD', 'dbPassword', 'PGPASSWORD', 'client-key-data', 'token', 'GITHUB_TOKEN'],
  ...[
    'AWS_SECRET_ACCESS_KEY',
    'caBundle',
    'tls.key',
    '.dockerconfigjson',
    'BASIC_AUTH',
    'Authorization',
    'GH_PAT',
    'SECRET',
  ],
])('%s is the name of a secret', (name) => expect(isSecretName(name)).toBe(true))

test.for([
  ...['GC_AGENT', 'name', 'key', 'secretName', 'secretKeyRef', 'serviceAccountToken', 'AUTHOR', 'PATH', 'KEYBOARD'],
  ...['image', 'automountServiceAccountToken', 'certificate-authority', 'imagePullSecrets', 'GC_K8S_GIT_SECRET_NAME'],
])('%s is not', (name) => expect(isSecretName(name)).toBe(false))

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrOHMifQ.c2lnbmF0dXJl-_x'
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabcd==\n-----END RSA PRIVATE KEY-----'
test.for([
  [`Authorization: Bearer ${jwt}`, 'Authorization: <removed> <removed>'],
  ['bearer abcdefgh1234', 'bearer <removed>'],
  [`see ${jwt}.`, 'see <removed>.'],
  ['API_KEY=hunter2 next', 'API_KEY=<removed> next'],
  ['export PASSWORD="a b\\"c" x', 'export PASSWORD="<removed>" x'],
  ["token: 'a b' x", "token: '<removed>' x"],
  ['password: p,w;d)x y', 'password: <removed> y'],
  ['{"password":"ab\\"cd","user":"u"}', '{"password":"<removed>","user":"u"}'],
  [
    '{"log":"{\\"password\\":\\"ab\\\\\\"cd\\",\\"user\\":\\"u\\"}"}',
    '{"log":"{\\"password\\":\\"<removed>\\",\\"user\\":\\"u\\"}"}',
  ],
  [
    '"secret": {\n  "secretName": "x"\n}, "tokens": [ "a" ], "password": {}',
    '"secret": {\n  "secretName": "x"\n}, "tokens": [ "a" ], "password": {}',
  ],
  ['PASSWORD={abc} x', 'PASSWORD=<removed>} x'],
  ['{"a":{"token":null},"b":1}', '{"a":{"token":null},"b":1}'],
  ['https://me:pw@host/x and http://host/a@b', 'https://<removed>@host/x and http://host/a@b'],
  ['run --api-key abc --model x --token=def', 'run --api-key <removed> --model x --token=<removed>'],
  ['"args":["--password","hunter2","-v"]', '"args":["--password","<removed>","-v"]'],
  [`a\n${pem}\nb`, 'a\n<removed>\nb'],
  [JSON.stringify({ log: `a ${pem} b` }), '{"log":"a <removed> b"}'],
  ['a: "x"\n-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA\nabc', 'a: "x"\n<removed>'],
  ['x: y.\nMIIEpAIBAAKCAQEA\nabc=\n-----END CERTIFICATE-----\nz', 'x: y.<removed>\nz'],
  [`x\n${'QUJD'.repeat(16)}\ny`, 'x\n<removed>\ny'],
  [
    `sk-ant-api03-${'a'.repeat(30)} ghp_${'b'.repeat(36)} glpat-${'c'.repeat(20)} AKIA${'D'.repeat(16)}`,
    Array(4).fill(removed).join(' '),
  ],
  ['nothing: to see, 3 tokens left', 'nothing: to see, 3 tokens left'],
  [
    'image: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'image: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  ],
])('%j becomes %j', ([text = '', clean]) => expect(redactText(text, none)).toBe(clean))

const secret = fc.stringMatching(/^[A-Za-z0-9!$%&()*+./:;<=>?@^_{|}~-]{12,40}$/)

test('what is known is removed wherever it stands, and however it is written', () => {
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      const known = new KnownSecrets()
      known.add(value)
      const forms = [
        `${before}${value}${after}`,
        JSON.stringify({ a: `${before} ${value}` }),
        JSON.stringify({ a: JSON.stringify({ b: value }) }),
        encodeURIComponent(`${before}|${value}`.toWellFormed()),
      ]
      for (const form of forms) {
        const clean = known.removeFrom(form)
        expect(clean).not.toContain(value)
        expect(clean).toContain(removed)
      }
      const encoded = known.removeFrom(Buffer.from(`${before}:${value}:${after}`).toString('base64'))
      expect(
        Buffer.from(encoded.replaceAll(removed, '').replaceAll(/[^A-Za-z0-9+/]/g, ''), 'base64').toString(),
      ).not.toContain(value)
      expect(encoded).toContain(removed)
    }),
  )
})

test('of a file with JSON every text is known, and of one with lines every line', () => {
  const known = new KnownSecrets()
  known.add(
    JSON.stringify({ claudeAiOauth: { accessToken: 'opaque-access-1', expiresAt: 1, scopes: ['user:inference'] } }),
  )
  known.add('first-line-1\nsecond-line-2\n')
  expect(known.removeFrom('a opaque-access-1 b second-line-2 c first-line-1')).toBe(
    'a <removed> b <removed> c <removed>',
  )
})

test('objects lose what is called a secret, and it is known from then on', () => {
  const known = new KnownSecrets()
  const pod = {
    kind: 'Pod',
    metadata: {
      name: 'mayor',
      managedFields: [{ manager: 'x' }],
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
        'meta.kubectl-gc.dev/API_TOKEN': 'planted-meta-1',
      },
    },
    spec: {
      containers: [
        {
          env: [
            { name: 'MY_SECRET', value: 'planted-env-1' },
            { name: 'PLAIN', value: 'shown' },
            { name: 'REF', valueFrom: { secretKeyRef: { name: 'git-credentials', key: 'token' } } },
          ],
        },
      ],
      volumes: [{ secret: { secretName: 'claude-credentials' } }],
    },
  }
  const clean = JSON.stringify(redactObject(pod, known))
  for (const kept of ['shown', 'git-credentials', '"key":"token"', '"secretName":"claude-credentials"'])
    expect(clean).toContain(kept)
  for (const gone of ['planted', 'managedFields', 'last-applied']) expect(clean).not.toContain(gone)
  expect(known.removeFrom('log: planted-env-1, planted-meta-1')).toBe('log: <removed>, <removed>')
  const data = { 'tls.crt': Buffer.from('planted-data-1').toString('base64') }
  const object = { kind: 'Secret', metadata: { name: 's' }, data, stringData: { a: 'planted-data-2' } }
  expect(redactObject(object, known)).toMatchObject({
    metadata: { name: 's' },
    data: { 'tls.crt': '<removed> (14 bytes)', a: removed },
  })
  expect(known.removeFrom('planted-data-1 planted-data-2')).toBe('<removed> <removed>')
})

test('what only a terminal understands goes, so that nothing hides in it', () => {
  expect(withoutTerminal('\x1b[31mtok\x1b[0men=a\x1b]0;title\x07b\r\n\x1b(Bc\x00')).toBe('token=ab\nc')
})

test('long texts of one kind take no time', () => {
  const begun = performance.now()
  for (const unit of [
    'a',
    'a ',
    '=',
    '"',
    '\\"',
    'token: "',
    '-----BEGIN X-----',
    '-----END X-----',
    'A/',
    '--a',
    '\x1b]',
  ])
    redactText(withoutTerminal(unit.repeat(300_000 / unit.length)), none)
  expect(performance.now() - begun).toBeLessThan(5000)
})
