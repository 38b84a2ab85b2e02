import { BerWriter, Control } from 'ldapts';

/** A critical control whose value is a sequence of one number, as several of Active Directory's are. */
export class NumberControl extends Control {
  readonly #number: number;

  constructor(type: string, number: number) {
    super(type, { critical: true });
    this.#number = number;
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.#number);
    value.endSequence();
    writer.writeBuffer(value.buffer, 4);
  }
}
