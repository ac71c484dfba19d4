import { relative } from 'node:path'
import ts from 'typescript'
import { type Doc, docOf } from './docs.ts'
import { isPublic, signatureOf } from './signature.ts'

/** An exported name. */
export interface Entry {
  name: string
  kind: 'class' | 'interface' | 'function' | 'type' | 'constant'
  signature: string
  doc: Doc
  /** Public members of a class or an interface; those that it inherits from what is exported too are found there. */
  members: Member[]
  /** Names of all classes and interfaces that it extends, the nearest first. */
  bases: string[]
}

/** One member, with all its overloads. */
export interface Member {
  signatures: string[]
  doc: Doc
}

/** Exported names have no docstring. */
export class UndocumentedExports extends Error {}

/**
 * Reads what each of some modules exports, in the order of their code.
 * @param files absolute paths of the modules
 * @throws {UndocumentedExports} names every export that has no docstring, and its file
 */
export function readExports(files: string[], options: ts.CompilerOptions): Entry[][] {
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  const modules = files.map((file) => {
    const source = program.getSourceFile(file)
    const symbol = source && checker.getSymbolAtLocation(source)
    if (symbol === undefined) throw new Error(`${file} is not a module: name a file that exports something`)
    return checker.getExportsOfModule(symbol).map((exported) => ({ exported, target: resolve(exported, checker) }))
  })
  const known = new Set(modules.flat().map(({ target }) => target))
  const missing = [...known].filter((symbol) => !declarationsOf(symbol).some((node) => docOf(node).text !== ''))
  if (missing.length > 0) {
    const where = missing.map((symbol) => `  ${symbol.name} (${relative('.', fileOf(symbol))})`).join('\n')
    throw new UndocumentedExports(`exported without a docstring; write one:\n${where}`)
  }
  return modules.map((names) => names.map(({ exported, target }) => toEntry(exported, target, known, checker)))
}

function toEntry(exported: ts.Symbol, target: ts.Symbol, known: Set<ts.Symbol>, checker: ts.TypeChecker): Entry {
  const [node] = declarationsOf(target) as [ts.Declaration]
  const isType = exported.declarations?.some(ts.isTypeOnlyExportDeclaration) === true
  const head = {
    name: exported.name,
    kind: kindOf(node),
    signature: signatureOf(node, checker),
    doc: documented(declarationsOf(target)),
  }
  if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) return { ...head, members: [], bases: [] }
  const own = [...node.members].filter((member) => isPublic(member) && !(isType && ts.isConstructorDeclaration(member)))
  const type = checker.getDeclaredTypeOfSymbol(target)
  const inherited = checker.getPropertiesOfType(type).flatMap((property) => {
    const declarations = declarationsOf(property)
    return declarations.some((member) => isElsewhere(member, node, known, checker)) ? [] : declarations
  })
  return { ...head, members: toMembers([...own, ...inherited], checker), bases: basesOf(type, checker) }
}

/** Whether a member is one of the declaration's own, or of another that the page has, or of another project's. */
function isElsewhere(member: ts.Declaration, node: ts.Node, known: Set<ts.Symbol>, checker: ts.TypeChecker): boolean {
  const { parent } = member
  if (parent === node || member.getSourceFile().fileName.includes('/node_modules/')) return true
  if (!ts.isClassDeclaration(parent) && !ts.isInterfaceDeclaration(parent)) return true
  const owner = parent.name && checker.getSymbolAtLocation(parent.name)
  return owner !== undefined && known.has(owner)
}

function toMembers(nodes: ts.Declaration[], checker: ts.TypeChecker): Member[] {
  const byName = Map.groupBy(nodes, (node) => ts.getNameOfDeclaration(node)?.getText() ?? ts.SyntaxKind[node.kind])
  return [...byName.values()].map((overloads) => ({
    signatures: overloads.map((node) => signatureOf(node, checker)),
    doc: documented(overloads),
  }))
}

function documented(nodes: ts.Declaration[]): Doc {
  const docs = nodes.map(docOf)
  return docs.find(({ text, tags }) => text !== '' || tags.length > 0) ?? { text: '', tags: [] }
}

function basesOf(type: ts.Type, checker: ts.TypeChecker): string[] {
  const bases = type.isClassOrInterface() ? checker.getBaseTypes(type) : []
  return bases.flatMap((base) => [base.symbol?.name ?? [], basesOf(base, checker)].flat())
}

function kindOf(node: ts.Declaration): Entry['kind'] {
  if (ts.isClassDeclaration(node)) return 'class'
  if (ts.isInterfaceDeclaration(node)) return 'interface'
  if (ts.isFunctionDeclaration(node)) return 'function'
  return ts.isTypeAliasDeclaration(node) ? 'type' : 'constant'
}

function resolve(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

function declarationsOf(symbol: ts.Symbol): ts.Declaration[] {
  return symbol.declarations ?? []
}

function fileOf(symbol: ts.Symbol): string {
  return symbol.declarations?.[0]?.getSourceFile().fileName ?? 'unknown file'
}
