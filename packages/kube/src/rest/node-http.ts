/**
 * Node's own clients, taken past their view as ES modules: to make that, Node reads each of their exports, and the one
 * for WebSocket loads all of undici, which nothing here uses and which costs as much as the rest of a short command.
 */
export const http = process.getBuiltinModule('node:http')
export const https = process.getBuiltinModule('node:https')
