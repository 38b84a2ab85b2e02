import { build } from 'rolldown';

/* Programs in few files: a process that looks for some fifteen hundred of them starts half a second later. */

await build({
  input: {
    'src/launch': 'src/launch.ts',
    'src/main': 'src/main.ts',
    'admin-tui/launch': 'admin-tui/launch.ts',
    'admin-tui/main': 'admin-tui/main.ts',
    'admin-tui/open-screens': 'admin-tui/open-screens.ts',
  },
  platform: 'node',
  logLevel: 'warn',
  // Compiled for the machine, so it stays where npm put it; and what Ink loads only for who debugs it.
  external: ['argon2', 'pg-native', 'react-devtools-core'],
  output: { dir: 'dist', chunkFileNames: 'parts/[name].js' },
});
