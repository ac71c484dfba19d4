/**
 * Text that Kubernetes hands to a container unchanged: in `command`, `args` and `env` values it replaces `$(NAME)` by a
 * variable's value and `$$` by `$`.
 */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$')
}
