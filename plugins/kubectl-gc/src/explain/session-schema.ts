import type { Schema } from './schema.ts'

const string = (description: string): Schema => ({ type: 'string', description })
const map = (description: string): Schema => ({ type: 'object', additionalProperties: { type: 'string' }, description })

/** The fields of a Session, as `kubectl gc list -o json` prints them. */
export const sessionSchema: Schema = {
  type: 'object',
  description:
    'An agent session, in the shape of a Kubernetes object. No API server keeps it: it is made of the pod of the session. Fields without a value are left out.',
  required: ['apiVersion', 'kind', 'metadata', 'spec', 'status'],
  properties: {
    apiVersion: string('kubectl-gc.dev/v1alpha1. Fields are added to a version; none changes its meaning.'),
    kind: string('Session.'),
    metadata: {
      type: 'object',
      description: 'What tells it from others.',
      required: ['name', 'namespace', 'creationTimestamp'],
      properties: {
        name: string("The session's name, as it was started. Its pod may be called otherwise."),
        namespace: string('The namespace of its pod.'),
        creationTimestamp: string('When its pod was made: RFC 3339, in UTC, to the second.'),
        labels: map('The labels of its pod.'),
      },
    },
    spec: {
      type: 'object',
      description: 'What runs.',
      required: ['agent', 'image'],
      properties: {
        agent: string("The agent's name (GC_ALIAS, else GC_AGENT, of its environment); unknown without one."),
        image: string('The image of its container.'),
        nodeName: string('The node that its pod was put on.'),
      },
    },
    status: {
      type: 'object',
      description: 'How it fares.',
      required: ['phase', 'pod', 'meta'],
      properties: {
        phase: {
          type: 'string',
          enum: ['Starting', 'Running', 'Stopping', 'Finished'],
          description: 'Starting until it takes input, Finished once its agent has ended.',
        },
        reason: string(
          'Why, in a word of Kubernetes, where the phase alone does not say: ErrImagePull, Unschedulable.',
        ),
        message: string('The same in a sentence.'),
        exitCode: { type: 'integer', description: "The agent's exit code, once it is Finished." },
        pod: string('The name of its pod.'),
        meta: map('Its metadata (kubectl gc meta), as it was last copied to its pod; values above 4 KiB are not.'),
      },
    },
  },
}
