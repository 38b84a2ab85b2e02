import type { Secrets } from '../secrets/secrets.ts';
import type { Time } from '../store/schema.ts';
import { type KeptOfficePhone, peopleBinding } from './person.ts';

/** What is known of somebody when they appear. */
export interface Appearing {
  userName: string;
  displayName: string;
  language: string | null;
  workMailbox: string | null;
  officePhone: KeptOfficePhone | null;
  disabled?: boolean;
}

interface Needs {
  secrets: Pick<Secrets, 'sealing'>;
  now(): Time;
}

/** The row of somebody who appears now, mailbox and phone sealed: nothing is proven, asked or put off yet. */
export function newPersonRow({ secrets, now }: Needs, id: string, person: Appearing) {
  const { sealing } = secrets;
  const { workMailbox: mailbox, officePhone: office, disabled = false } = person;
  const at = now();
  return {
    id,
    user_name: person.userName,
    display_name: person.displayName,
    language: person.language,
    work_mailbox: mailbox && sealing.seal(mailbox, peopleBinding(id, 'work_mailbox')),
    office_phone: office && sealing.seal(JSON.stringify(office), peopleBinding(id, 'office_phone')),
    appeared_at: at,
    disabled_at: disabled ? at : null,
    last_sign_in_at: null,
    session_epoch: 0,
    proven_methods: 0,
    question_count: 0,
    last_check_at: null,
    demanded_at: null,
    first_asked_at: null,
    postponed_until: null,
    blocked_at: null,
    blocked_why: null,
  };
}
