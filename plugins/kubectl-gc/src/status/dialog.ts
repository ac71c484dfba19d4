/** A question that keeps an agent from its work, and how it is answered. */
export interface Dialog {
  says: string
  /** The next step, for a session of this name. */
  next: (name: string) => string
}

const attach = (name: string) => `kubectl gc attach ${name}`
const press = (keys: string) => (name: string) => `kubectl gc send-keys ${name} ${keys}`

/** What the screens of agents say when they wait for a person, the most telling first. */
const dialogs: [pattern: RegExp, dialog: Dialog][] = [
  [
    /bypass permissions mode[\s\S]*yes, i accept/i,
    { says: 'the agent asks whether it may act without asking', next: press('Down Enter') },
  ],
  [
    /(trust (the files in )?this (folder|directory|workspace)|do you trust)/i,
    { says: 'the agent asks whether it may trust its folder', next: press('Enter') },
  ],
  [
    /(select login method|paste code here|invalid api key|please run \/login|not logged in|sign in with)/i,
    { says: 'the agent is not logged in', next: attach },
  ],
  [
    /(choose the text style|choose your theme|let's get started)/i,
    { says: 'the agent shows what it asks at its very first start', next: attach },
  ],
  [/press enter to continue/i, { says: 'the agent waits for Enter', next: press('Enter') }],
  [
    /(do you want to (proceed|allow|make this edit)|\(y\/n\)\s*$|\[y\/n\]\s*$)/i,
    { says: 'the agent asks a question', next: attach },
  ],
]

/** The dialog that the end of a screen shows; undefined: none that is known. */
export function dialogOn(screen: string): Dialog | undefined {
  return dialogs.find(([pattern]) => pattern.test(screen.trimEnd()))?.[1]
}
