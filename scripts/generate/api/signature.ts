import ts from 'typescript'

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true })

/** Prints a declaration on one line as its user sees it: no body, no default values, every type named. */
export function signatureOf(node: ts.Declaration, checker: ts.TypeChecker): string {
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) return headOf(node)
  if (ts.isFunctionDeclaration(node)) return `function ${callable(nameOf(node), node, checker)}`
  if (ts.isVariableDeclaration(node)) return `const ${nameOf(node)}: ${typeText(node, node.type, checker)}`
  if (ts.isConstructorDeclaration(node)) return `new ${nameOf(node.parent)}(${parameters(node, checker)})`
  if (ts.isMethodDeclaration(node) || ts.isMethodSignature(node)) {
    return `${modifiers(node)}${callable(nameOf(node), node, checker)}`
  }
  if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) {
    const optional = node.questionToken === undefined ? '' : '?'
    return `${modifiers(node)}${nameOf(node)}${optional}: ${typeText(node, node.type, checker)}`
  }
  if (ts.isGetAccessorDeclaration(node)) return `readonly ${nameOf(node)}: ${typeText(node, node.type, checker)}`
  return print(node, node.getSourceFile()).replace(/^export /, '')
}

/** Whether users of a class see the member. Keys that are symbols of the class's own are not for them. */
export function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.NonPublicAccessibilityModifier) return false
  if (member.name === undefined) return true
  if (ts.isComputedPropertyName(member.name)) return member.name.expression.getText().startsWith('Symbol.')
  return !ts.isPrivateIdentifier(member.name)
}

function headOf(node: ts.ClassDeclaration | ts.InterfaceDeclaration): string {
  const source = node.getSourceFile()
  const types = node.typeParameters?.map((type) => print(type, source)).join(', ')
  const bases = (node.heritageClauses ?? []).map((clause) => ` ${print(clause, source)}`).join('')
  const kind = ts.isClassDeclaration(node) ? 'class' : 'interface'
  return `${kind} ${nameOf(node)}${types === undefined ? '' : `<${types}>`}${bases}`
}

function callable(name: string, node: ts.SignatureDeclaration, checker: ts.TypeChecker): string {
  const types = node.typeParameters?.map((type) => print(type, node.getSourceFile())).join(', ')
  const signature = checker.getSignatureFromDeclaration(node)
  const inferred = signature === undefined ? 'unknown' : checker.typeToString(signature.getReturnType(), node, WHOLE)
  const result = node.type === undefined ? inferred : print(node.type, node.getSourceFile())
  return `${name}${types === undefined ? '' : `<${types}>`}(${parameters(node, checker)}): ${result}`
}

function parameters(node: ts.SignatureDeclaration, checker: ts.TypeChecker): string {
  const all = node.parameters.map((parameter) => {
    const name = ts.isIdentifier(parameter.name) ? parameter.name.text : 'options'
    const optional = parameter.questionToken !== undefined || parameter.initializer !== undefined
    const type = typeText(parameter, parameter.type, checker)
    return `${parameter.dotDotDotToken === undefined ? '' : '...'}${name}${optional ? '?' : ''}: ${type}`
  })
  return all.join(', ')
}

const WHOLE = ts.TypeFormatFlags.NoTruncation

function typeText(node: ts.Node, written: ts.TypeNode | undefined, checker: ts.TypeChecker): string {
  if (written !== undefined) return print(written, node.getSourceFile())
  return checker.typeToString(checker.getTypeAtLocation(node), node, WHOLE)
}

function modifiers(node: ts.Declaration): string {
  const flags = ts.getCombinedModifierFlags(node)
  return `${flags & ts.ModifierFlags.Static ? 'static ' : ''}${flags & ts.ModifierFlags.Readonly ? 'readonly ' : ''}`
}

function nameOf(node: ts.NamedDeclaration): string {
  return node.name?.getText() ?? 'default'
}

/** Users import names: a namespace that the file imports them by is left out. */
function print(node: ts.Node, source: ts.SourceFile): string {
  const text = printer.printNode(ts.EmitHint.Unspecified, node, source)
  const short = namespacesOf(source).reduce((rest, name) => rest.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), ''), text)
  return short.replace(/\s+/g, ' ').replace(/; }/g, ' }').replace(/;$/, '').trim()
}

function namespacesOf(source: ts.SourceFile): string[] {
  const bindings = source.statements.map((node) => ts.isImportDeclaration(node) && node.importClause?.namedBindings)
  return bindings.flatMap((binding) => (binding && ts.isNamespaceImport(binding) ? binding.name.text : []))
}
