/** The keys that are no letters, by what they are called here on every terminal. */
export type KeyName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'back-tab'
  | 'backspace'
  | 'delete'
  | 'page-up'
  | 'page-down'
  | 'home'
  | 'end'
  | 'save'
  | 'help'
  | 'erase-line'
  | 'erase-word'
  | 'leave';

/** One press: a key by its name, or what was typed or pasted. */
export type KeyPress = { key: KeyName } | { key: 'text'; text: string };
