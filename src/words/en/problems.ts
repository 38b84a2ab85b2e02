export const problems = {
  'phone-empty': 'Enter a phone number.',
  'phone-unreadable':
    'This is not a phone number. Enter only digits, for example 06 12345678 or +31 6 12345678.',
  'phone-too-short': 'This phone number is too short. Check whether digits are missing.',
  'phone-too-long':
    'This phone number is too long. Enter one number and check whether there are too many digits.',
  'phone-not-existing':
    'This phone number does not exist. Check the digits, and start a number from another country with + and the country code.',
  'phone-country-not-allowed':
    'A number from this country cannot be used here. Enter a number from another country.',
  'phone-premium': 'This is a premium-rate number. Enter an ordinary mobile or landline number.',
  'phone-shared-cost': 'Calling this number costs extra. Enter an ordinary mobile or landline number.',
  'phone-unknown-kind':
    'This kind of number cannot be used here. Enter an ordinary mobile or landline number.',
  'phone-has-extension':
    'A number with an extension cannot be used here. Enter a number that reaches you directly.',
  'phone-no-text': 'A landline cannot receive a text message. Choose to be called, or enter a mobile number.',
  'phone-must-be-mobile': 'A landline cannot receive a text message. Enter a mobile number.',
  'phone-equals-office-phone': 'This is your office phone. Enter another number.',
  'extension-unreadable': 'The extension is not right. Enter one of 1 to 7 digits, or leave it out.',
  'channel-missing': 'Choose how you want to receive the code.',
  'email-empty': 'Enter an e-mail address.',
  'email-unreadable': 'This e-mail address is not right. Enter one address, like name@example.org.',
  'email-too-long': 'This e-mail address is too long. Check for anything extra, or enter a shorter address.',
  'email-own-domain':
    'This address belongs to your organisation. You may not be able to read it without your password. Enter a private address.',
  'email-own-mailbox':
    'This is your work address. You may not be able to read it without your password. Enter another address.',
  'code-empty': 'Enter the code.',
  'code-not-six-digits': 'The code has six digits. Check it and enter it again.',
  'access-code-unreadable':
    'An access code has 16 letters and digits, in four groups of four. Check the code and type it again.',
  'question-missing': 'Choose a question.',
  'question-unknown': 'This question is not in the list. Choose a question from the list.',
  'question-taken': 'You have already answered this question. Choose another question.',
  'answer-empty': 'Enter an answer.',
  'answer-too-short': 'This answer is too short. Give an answer of at least 3 characters.',
  'answer-too-long': 'This answer is too long. Give an answer of at most 40 characters.',
  'answer-too-simple': 'This answer is too easy to guess. Give an answer that is not one character repeated.',
  'answer-in-question': 'This answer is already in the question. Give an answer that only you know.',
  'answer-taken': 'You have already given this answer to another question. Give another answer here.',
  'user-name-empty': 'Type your user name.',
  'user-name-too-long': 'This user name is too long. Type the name that your administrator gave you.',
  'wish-missing': 'Choose what is the matter.',
  'password-empty': 'Type your password.',
  'password-too-long': 'Choose a password of at most 256 characters.',
  'password-too-short': 'Choose a password of at least 8 characters.',
  'password-common': 'This password is on a list of common passwords. Choose another password.',
  'password-refused':
    'Your organisation does not accept this password. Choose another one, which you have not had before.',
  'password-refused-too-short': 'Your organisation asks for a longer password. Add a word or two.',
  'password-refused-too-simple':
    'Your organisation asks for more kinds of characters. Use capitals, small letters, digits and signs together.',
  'password-refused-used-before': 'You have had this password before. Choose one that is new.',
  'password-refused-too-soon':
    'Your organisation does not let you change your password again so soon. Keep the present one for now, and try again tomorrow.',
  'password-refused-not-allowed':
    'Your organisation does not let this password be changed here. Contact your administrator.',
  'password-own-name':
    'Your password must not contain your user name, your name or the name of the organisation. Choose another password.',
};
