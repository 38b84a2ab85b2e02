export const problems = {
  'phone-empty': 'Vul een telefoonnummer in.',
  'phone-unreadable':
    'Dit is geen telefoonnummer. Vul alleen cijfers in, bijvoorbeeld 06 12345678 of +31 6 12345678.',
  'phone-too-short': 'Dit telefoonnummer is te kort. Kijk of er cijfers ontbreken.',
  'phone-too-long': 'Dit telefoonnummer is te lang. Vul één nummer in en kijk of er cijfers te veel staan.',
  'phone-not-existing':
    'Dit telefoonnummer bestaat niet. Kijk de cijfers na, en begin een nummer uit een ander land met + en het landnummer.',
  'phone-country-not-allowed':
    'Een nummer uit dit land kan hier niet worden gebruikt. Vul een nummer in uit een ander land.',
  'phone-premium': 'Dit is een betaalnummer. Vul een gewoon mobiel of vast nummer in.',
  'phone-shared-cost': 'Bellen naar dit nummer kost extra. Vul een gewoon mobiel of vast nummer in.',
  'phone-unknown-kind':
    'Dit soort nummer kan hier niet worden gebruikt. Vul een gewoon mobiel of vast nummer in.',
  'phone-has-extension':
    'Een nummer met een toestelnummer kan hier niet worden gebruikt. Vul een nummer in dat u rechtstreeks bereikt.',
  'phone-no-text': 'Op een vast nummer komt geen sms aan. Laat u bellen, of vul een mobiel nummer in.',
  'phone-must-be-mobile': 'Op een vast nummer komt geen sms aan. Vul een mobiel nummer in.',
  'phone-equals-office-phone': 'Dit is uw kantoortelefoon. Vul een ander nummer in.',
  'extension-unreadable':
    'Het toestelnummer klopt niet. Vul er een in van 1 tot en met 7 cijfers, of laat het weg.',
  'channel-missing': 'Kies hoe u de code wilt ontvangen.',
  'email-empty': 'Vul een e-mailadres in.',
  'email-unreadable': 'Dit e-mailadres klopt niet. Vul één adres in, zoals naam@example.org.',
  'email-too-long': 'Dit e-mailadres is te lang. Kijk of er iets te veel staat, of vul een korter adres in.',
  'email-own-domain':
    'Dit adres is van uw organisatie. Zonder uw wachtwoord kunt u daar misschien niet bij. Vul een privéadres in.',
  'email-own-mailbox':
    'Dit is uw werkadres. Zonder uw wachtwoord kunt u daar misschien niet bij. Vul een ander adres in.',
  'code-empty': 'Vul de code in.',
  'code-not-six-digits': 'De code heeft zes cijfers. Kijk hem na en vul hem opnieuw in.',
  'access-code-unreadable':
    'Een toegangscode heeft 16 letters en cijfers, in vier groepjes van vier. Controleer de code en typ hem opnieuw.',
  'question-missing': 'Kies een vraag.',
  'question-unknown': 'Deze vraag staat niet in de lijst. Kies een vraag uit de lijst.',
  'question-taken': 'Deze vraag hebt u al beantwoord. Kies een andere vraag.',
  'answer-empty': 'Vul een antwoord in.',
  'answer-too-short': 'Dit antwoord is te kort. Geef een antwoord van minstens 3 tekens.',
  'answer-too-long': 'Dit antwoord is te lang. Geef een antwoord van hoogstens 40 tekens.',
  'answer-too-simple':
    'Dit antwoord is te makkelijk te raden. Geef een antwoord dat niet steeds hetzelfde teken is.',
  'answer-in-question': 'Dit antwoord staat al in de vraag. Geef een antwoord dat alleen u weet.',
  'answer-taken': 'Dit antwoord hebt u al bij een andere vraag gegeven. Geef hier een ander antwoord.',
  'user-name-empty': 'Vul uw gebruikersnaam in.',
  'user-name-too-long': 'Deze gebruikersnaam is te lang. Vul de naam in die u van uw beheerder kreeg.',
  'wish-missing': 'Kies wat er aan de hand is.',
  'password-empty': 'Vul uw wachtwoord in.',
  'password-too-long': 'Kies een wachtwoord van hooguit 256 tekens.',
  'password-too-short': 'Kies een wachtwoord van minstens 8 tekens.',
  'password-common':
    'Dit wachtwoord staat op een lijst van veelgebruikte wachtwoorden. Kies een ander wachtwoord.',
  'password-refused':
    'Uw organisatie neemt dit wachtwoord niet aan. Kies een ander wachtwoord, dat u nog niet eerder had.',
  'password-refused-too-short': 'Uw organisatie vraagt een langer wachtwoord. Voeg een of twee woorden toe.',
  'password-refused-too-simple':
    'Uw organisatie vraagt meer soorten tekens. Gebruik hoofdletters, kleine letters, cijfers en leestekens door elkaar.',
  'password-refused-used-before': 'Dit wachtwoord hebt u al eens gehad. Kies een nieuw.',
  'password-refused-too-soon':
    'Uw organisatie laat u uw wachtwoord niet zo snel opnieuw wijzigen. Houd voorlopig het huidige, en probeer het morgen opnieuw.',
  'password-refused-not-allowed':
    'Uw organisatie staat niet toe dat dit wachtwoord hier wordt gewijzigd. Neem contact op met uw beheerder.',
  'password-own-name':
    'Uw wachtwoord mag uw gebruikersnaam, uw naam of de naam van de organisatie niet bevatten. Kies een ander wachtwoord.',
};
