/** What a column can hold, in the order in which columns are asked for. */
export const importFields = [
  'userName',
  'displayName',
  'givenName',
  'namePrefix',
  'familyName',
  'language',
  'workMailbox',
  'officePhone',
  'extension',
  'groups',
  'disabled',
  'enabled',
  'phone',
  'phoneChannel',
  'email',
  'consentBy',
  'consentAt',
  'consentHow',
] as const;
export type ImportField = (typeof importFields)[number];

/** The columns that tell of a person's consent; a filled-in phone or e-mail needs all three. */
export const consentFields = ['consentBy', 'consentAt', 'consentHow'] as const;

/**
 * The names under which personnel systems, directories and spreadsheets call these columns, Dutch and English, without
 * spaces and marks; the first of a list is what we call it ourselves, and a better name stands before a lesser one. What
 * may be private or of work (`telefoon`, `mobiel`) is in no list: an administrator says so.
 */
export const headerNames: Record<ImportField, readonly string[]> = {
  userName: [
    ...['gebruikersnaam', 'username', 'samaccountname', 'loginnaam', 'loginname', 'inlognaam', 'aanmeldnaam'],
    ...['login', 'logon', 'logonname', 'inlog', 'gebruiker', 'user', 'account', 'accountnaam', 'accountname'],
    ...['netwerknaam', 'gebruikersid', 'userid', 'uid', 'userprincipalname', 'upn'],
  ],
  displayName: [
    ...['weergavenaam', 'displayname', 'volledigenaam', 'fullname', 'naam', 'name', 'naammedewerker'],
    ...['medewerkernaam', 'employeename', 'medewerker', 'employee', 'cn'],
  ],
  givenName: ['voornaam', 'givenname', 'firstname', 'roepnaam', 'forename'],
  namePrefix: ['tussenvoegsel', 'nameprefix', 'tussenvoegsels', 'voorvoegsel', 'voorvoegsels', 'infix'],
  familyName: ['achternaam', 'familyname', 'lastname', 'surname', 'familienaam', 'sn'],
  language: [
    ...['taal', 'language', 'voorkeurstaal', 'preferredlanguage', 'taalcode', 'languagecode', 'lang'],
    'locale',
  ],
  workMailbox: [
    ...['emailwerk', 'workmailbox', 'werkemail', 'workemail', 'emailwork', 'emailzakelijk', 'zakelijkemail'],
    ...['zakelijkeemail', 'zakelijkemailadres', 'emailadreswerk', 'werkemailadres', 'workemailaddress'],
    ...[
      'businessemail',
      'companyemail',
      'werkmail',
      'werkmailbox',
      'email',
      'emailadres',
      'emailaddress',
      'mail',
    ],
  ],
  officePhone: [
    ...['kantoortelefoon', 'officephone', 'telefoonkantoor', 'kantoornummer', 'telefoonwerk', 'werktelefoon'],
    ...['zakelijketelefoon', 'telefoonzakelijk', 'workphone', 'phonework', 'businessphone', 'officenumber'],
    ...['officetelephone', 'worktelephone', 'telephonenumber'],
  ],
  extension: ['toestel', 'extension', 'toestelnummer', 'extensionnumber', 'ext', 'tst'],
  groups: ['groepen', 'groups', 'groep', 'group'],
  disabled: ['uitgeschakeld', 'disabled', 'inactief', 'inactive', 'geblokkeerd', 'blocked', 'uitdienst'],
  enabled: ['ingeschakeld', 'enabled', 'actief', 'active', 'accountenabled', 'indienst'],
  phone: [
    ...[
      'ingevuldetelefoon',
      'filledinphone',
      'authenticatietelefoon',
      'authenticationphone',
      'eigentelefoon',
    ],
    ...['ownphone', 'privetelefoon', 'telefoonprive', 'privemobiel', 'mobielprive', 'privatephone'],
    ...['phoneprivate', 'personalphone', 'privatemobile', 'personalmobile', 'homephone'],
  ],
  phoneChannel: [
    ...['telefoonkanaal', 'phonechannel', 'kanaal', 'channel', 'smsofbellen', 'bellenofsms', 'textorcall'],
    ...['smsorcall', 'calloftext'],
  ],
  email: [
    ...[
      'ingevuldeemail',
      'filledinemail',
      'authenticatieemail',
      'authenticationemail',
      'eigenemail',
      'ownemail',
    ],
    ...['priveemail', 'emailprive', 'privemail', 'priveemailadres', 'privateemail', 'emailprivate'],
    ...['personalemail', 'emailpersonal', 'privateemailaddress', 'personalemailaddress'],
  ],
  consentBy: [
    ...['toestemmingdoor', 'consentby', 'toestemmingvan', 'toestemminggegevendoor', 'consentgivenby'],
    'consentfrom',
  ],
  consentAt: [
    ...['toestemmingop', 'consentat', 'toestemmingdatum', 'datumtoestemming', 'toestemminggegevenop'],
    ...['consenton', 'consentdate', 'dateofconsent', 'consentgivenat', 'consentgivenon'],
  ],
  consentHow: [
    ...[
      'toestemminghoe',
      'consenthow',
      'toestemmingvia',
      'wijzevantoestemming',
      'consentvia',
      'consentmethod',
    ],
  ],
};

/** Folds a header so that case, accents, spaces and marks make no difference: `E-mail (privé)` is `emailprive`. */
export function foldHeader(header: string): string {
  return header
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
