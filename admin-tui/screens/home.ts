import type { Do, ListScreen, Row, Screen, Tools } from '../stage/screen.ts';
import { accessCodesScreen } from './access-code.ts';
import { administratorsScreen } from './administrators.ts';
import { apiTokensScreen } from './api-tokens.ts';
import { auditScreen } from './audit.ts';
import { groupsScreen } from './groups.ts';
import { importsScreen } from './imports.ts';
import { overdueScreen } from './overdue.ts';
import { overviewScreen } from './overview.ts';
import { peopleScreen } from './people.ts';
import { openPolicy } from './policy.ts';
import { questionsScreen } from './questions.ts';

/** Everything there is to do, in the order of a first time: see, decide, fill in, look after. */
export function homeScreen(tools: Tools): ListScreen {
  const { home } = tools.words;
  const { displayName = '', role } = tools.session.me ?? {};
  const rows = [
    row(home.overview, show(overviewScreen)),
    row(home.policy, openPolicy),
    row(home.questions, show(questionsScreen)),
    row(
      home.people,
      show((inside) => peopleScreen(inside)),
    ),
    row(home.groups, show(groupsScreen)),
    row(home.imports, show(importsScreen)),
    row(
      home.overdue,
      show((inside) => overdueScreen(inside)),
    ),
    row(home.codes, show(accessCodesScreen)),
  ];
  const alone = [
    row(home.audit, show(auditScreen)),
    row(home.administrators, show(administratorsScreen)),
    row(home.tokens, show(apiTokensScreen)),
  ];
  const all = role === 'administrator' ? [...rows, ...alone] : rows;
  return { kind: 'list', title: home.title, page: { intro: [home.welcome(displayName)], rows: all } };
}

function row({ name, about }: { name: string; about: string }, open: Do): Row {
  return { id: name, cells: [name, about], spoken: `${name}: ${about}`, open };
}

function show(screen: (tools: Tools) => Screen): Do {
  return async (tools) => ({ next: 'go', screen: screen(tools) });
}
