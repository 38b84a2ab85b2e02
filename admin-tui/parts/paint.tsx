import { Text, type TextProps } from 'ink';
import type { Line, Look } from './drawn.ts';

/** The colours and weights of the screens. */
const looks: Record<Look, TextProps> = {
  plain: {},
  quiet: { dimColor: true },
  strong: { bold: true },
  chosen: { bold: true, color: 'cyan' },
  problem: { bold: true, color: 'red' },
  good: { color: 'green' },
  heading: { bold: true },
  bar: { color: 'cyan' },
};

/** Paints one line. */
export function PaintedLine({ drawn }: { drawn: Line }) {
  if (drawn.every(({ text }) => text.trim() === '')) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {drawn.map(({ text, look }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no other name than their place
        <Text key={index} {...looks[look]}>
          {text}
        </Text>
      ))}
    </Text>
  );
}
