const words =
  /pass(wor[dt]|wd|phrase|code)?$|passw|passphrase|secret|token|credential|api-?key|apikey|(access|private|signing|encryption|session|ssh|account)-?key|(^|-)key(-data)?$|(^|-)auth($|-)|authorization|bearer|cookie|dsn$|connection-?string|certificate|(^|-)cert|ca-?bundle|webhook-?url|dockerconfig|dockercfg|(^|-)pat($|-)/

/** Names that sound like a secret's, and hold none. */
const harmless =
  /^(secret-?name|secret-?key-?ref|secret-?ref|image-?pull-?secrets?|automount-?service-?account-?token|service-?account-?token|token-?expiration-?seconds|gc-k8s-git-secret-name|gc-k8s-image-pull-secret|certificate-authority|client-certificate|client-key|token-?file|key)$/

/** Whether what has this name is a secret: `ANTHROPIC_API_KEY`, `dbPassword`, `client-key-data`. */
export function isSecretName(name: string): boolean {
  const plain = name
    .replace(/([a-z])([A-Z])|([0-9])([A-Z][a-z])/g, '$1$3-$2$4')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return words.test(plain) && !harmless.test(plain)
}
