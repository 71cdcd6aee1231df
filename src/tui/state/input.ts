/** What comes from the keyboard, once it is understood. */
export type Input = Key | Paste;

export interface Key {
  kind: 'key';
  /** `enter`, `escape`, `tab`, `backspace`, `delete`, `up`, `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`; else the character itself. */
  name: string;
  /** What it types: empty where it types nothing. */
  text: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

/** Text that the terminal says was pasted. It may have line ends; they press nothing. */
export interface Paste {
  kind: 'paste';
  text: string;
}
