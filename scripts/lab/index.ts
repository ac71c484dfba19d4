/** The lab for other scripts and tests; for people there is main.ts. */
export { down } from './down.ts'
export { LabError } from './errors.ts'
export { buildImage, loadImages } from './image.ts'
export type { Lab } from './lab.ts'
export { up } from './up.ts'
