export type * from './generated/kubernetes.ts'
