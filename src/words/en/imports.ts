export const imports = {
  /** What a column can hold. */
  fields: {
    userName: 'user name',
    displayName: 'display name',
    givenName: 'first name',
    namePrefix: 'name prefix',
    familyName: 'last name',
    language: 'language',
    workMailbox: 'work e-mail',
    officePhone: 'office phone',
    extension: 'extension',
    groups: 'groups',
    disabled: 'disabled',
    enabled: 'enabled',
    phone: 'filled-in phone',
    phoneChannel: 'phone channel',
    email: 'filled-in e-mail',
    consentBy: 'consent by',
    consentAt: 'consent on',
    consentHow: 'consent how',
    ignore: 'ignore',
  },
  outcomes: {
    created: 'created',
    updated: 'updated',
    disabled: 'disabled',
    same: 'same',
    refused: 'refused',
  },
  resultHead: {
    line: 'line',
    userName: 'user name',
    outcome: 'outcome',
    problem: 'remarks',
    firstPassword: 'first password',
  },
  atColumn: (header: string, problem: string) => `Column “${header}”: ${problem}`,
  /** What is wrong with a row; what is not here is with the administrators or in `problems`. */
  problems: {
    'line-unreadable':
      'A quotation mark is opened on this line and not closed. Close it, or double it to write one.',
    'letters-unreadable':
      'There are characters here that do not exist in this encoding. Choose another encoding, or save the file as UTF-8.',
    'user-name-missing': 'The user name is missing. Fill it in.',
    'display-name-missing': 'This person is new and needs a name. Fill in the display name.',
    'not-plain-text': 'There are characters here that do not belong in one line of text. Type the text anew.',
    'not-yes-or-no': 'This is not yes or no. Fill in yes or no.',
    'language-unknown': 'Sparekey does not speak this language. Fill in nl or en.',
    'channel-unknown': 'There is no such channel. Fill in text or call.',
    'date-unreadable': 'This is not a date. Write it as 2026-11-01 or 1-11-2026 (the day first).',
    'consent-missing':
      'Whoever fills in a phone or an e-mail address must say who consented to it, when and how. Fill this in.',
    'too-many-groups': 'A person can be in 100 groups at most. Take some groups away.',
    'cannot-be-emptied': 'This field cannot be emptied. Fill in a value or leave the cell empty.',
    'extension-without-number':
      'An extension belongs to an office phone, and there is none. Fill in the number too.',
  },
  /** With a number in them. */
  detailed: {
    'user-name-twice': (line: number) =>
      `This user name is on line ${line} already. Leave one of the two lines.`,
    'too-many-cells': (width: number) =>
      `This line has more cells than the ${width} columns. Put a value with a separator in it between quotation marks.`,
    'cell-too-long': (most: number) => `This value is too long. Use ${most} characters at most.`,
  },
  /** Why an import as a whole is refused. */
  refusals: {
    'import-unknown': 'There is no such import, or no longer. Look at the list of imports.',
    'import-busy': 'Another import is under way. Wait until it is done, or cancel it.',
    'import-under-way': 'This import is under way. Wait until it is done, or cancel it.',
    'import-not-checked': 'Do a dry run of this import first.',
    'import-ended': 'This import has ended. Send the file again for a new one.',
    'import-not-under-way': 'This import is not under way, so there is nothing to cancel.',
    'result-not-there': 'There is no result yet. Run the import first.',
    'upload-too-large': 'This file is too large. Send 1 GB at most.',
    'upload-empty': 'This file is empty. Send a CSV file with a line of column names.',
    'too-many-uploads': 'There are 20 files waiting already. Run them or discard one.',
    'columns-not-right':
      'The columns are not right yet. Look at the import and choose what is in each column.',
    'file-gone': 'The file of this import is not there any more. Send it again.',
  },
  columns: {
    'column-missing': (needed: string, also: string) =>
      `No column with the ${needed} was found. Put a column name such as ${also} in the first line, or choose the column that holds it.`,
    'consent-columns-missing': (needed: string) =>
      `A filled-in phone or e-mail needs columns for the consent too. Missing are: ${needed}. Choose them, or skip that column.`,
    'column-twice': (fields: string) =>
      `More than one column is chosen for: ${fields}. Keep one and ignore the others.`,
    'column-unknown': (headers: string) => `These columns are not in the file: ${headers}. Check the names.`,
  },
  encodings: {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16 LE',
    'utf-16be': 'UTF-16 BE',
    'windows-1252': 'Windows-1252',
  },
  separators: { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' },
  states: {
    uploaded: 'ready for a dry run',
    checking: 'dry run under way',
    checked: 'dry run done',
    running: 'under way',
    done: 'done',
    cancelled: 'cancelled',
    interrupted: 'interrupted',
    failed: 'failed',
  },
  commands: {
    people: `Import people from a CSV file

  people import FILE [--dry-run] [--yes] [--result FILE]
                [--mapping COLUMN=FIELD …] [--clear-marker SIGN]
                [--separator ,|;|tab] [--encoding ENCODING] [--country NL]
                [--first-passwords] [--format json]

A dry run always comes first. The name of a column tells what is in it;
--mapping says it, by the name of the column or its place (#3). An empty cell
leaves a value as it is; a cell with the sign of --clear-marker empties it.
Without --first-passwords new people come in by a one-time access code only.
Whoever is not in the file stays as they are.

Fields: userName displayName givenName namePrefix familyName language
workMailbox officePhone extension groups disabled enabled phone phoneChannel
email consentBy consentAt consentHow, and ignore to leave a column out.

Examples:
  npm run admin -- people import staff.csv --dry-run
  npm run admin -- people import staff.csv --mapping 'Mobile=phone' \\
    --result outcome.csv`,
  },
  terminal: {
    someRefused: (count: number) => (count === 1 ? 'One row was refused.' : `${count} rows were refused.`),
    wouldBeRefused: (count: number) =>
      count === 1 ? 'One row would be refused.' : `${count} rows would be refused.`,
    detected: (encoding: string, separator: string) => `Encoding ${encoding}, separator ${separator}.`,
    column: 'Column',
    holds: 'Becomes',
    example: 'Example',
    checking: 'Dry run',
    running: 'Import',
    progress: (done: string, percent: number) => `${done} rows, ${percent} %`,
    rate: (rows: string) => `${rows} a second`,
    timeLeft: (left: string) => `${left} left`,
    totals: (counts: string) => `Total: ${counts}.`,
    wouldBe: (counts: string) => `The import would do this: ${counts}.`,
    firstProblems: (count: number) => (count === 1 ? 'The first problem:' : `The first ${count} problems:`),
    problemLine: (line: number, userName: string, message: string) =>
      userName === '' ? `line ${line}: ${message}` : `line ${line} (${userName}): ${message}`,
    nothingWritten: 'This was a dry run: nothing was changed.',
    ask: 'Run this import? [y/N]',
    yes: 'y',
    sayYes: 'Give --yes to run the import without a question.',
    notRun: 'The import was not run.',
    cancelling: 'Cancelling after the rows that are being written…',
    cancelled: (line: number) => `Cancelled. Everything up to line ${line} is done; nothing after it.`,
    interrupted: (line: number) =>
      `Interrupted after line ${line}. Send the file again: what is there already stays as it is.`,
    failed: (line: number) => `Failed after line ${line}. The log of the server says more.`,
    done: 'The import is done.',
    notAll: 'The import has not come to its end.',
    resultAt: (file: string) => `What came of each row is in ${file}.`,
    passwordsAt: 'One-time passwords are in it: hand them over, then discard the file.',
    fileUnreadable: (file: string) => `The file ${file} cannot be read.`,
    resultThere: (file: string) => `The file ${file} is there already. Choose another name with --result.`,
    badMapping: (typed: string) =>
      `“${typed}” does not have the form COLUMN=FIELD, or there is no such field. See the list of fields in --help.`,
    badSeparator: 'The separator can be a comma, a semicolon, tab or |.',
    badEncoding: 'The encoding can be utf-8, utf-16le, utf-16be or windows-1252.',
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
  },
};
