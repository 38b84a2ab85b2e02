import type { Random } from './random.ts';
import { textOf } from './texts.ts';

/** Gives a member of an object of unknown shape, or undefined. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function pickOf(random: Random, choices: readonly unknown[]): unknown {
  return choices[random.below(choices.length)];
}

const numbers = [0, 1, 2, 3, 5, 7, 30, 180, 730, -1, 1e21, 0.5, 2 ** 53, -(2 ** 53)] as const;

/** Anything JSON can say. */
export function anyJson(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 3 ? 5 : 8);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(50);
  if (kind === 2) return random.pick(numbers);
  if (kind < 5) return textOf(random);
  const many = random.chance(3) ? 500 : random.below(4);
  if (kind === 5) return Array.from({ length: many }, () => anyJson(random, depth + 1));
  return Object.fromEntries(Array.from({ length: many }, () => [textOf(random), anyJson(random, depth + 1)]));
}

function textFor(random: Random, schema: unknown, known: readonly string[]): string {
  if (known.length > 0 && random.chance(60)) return String(pickOf(random, known));
  return memberOf(schema, 'format') === 'date-time' ? '2026-12-01T12:00:00Z' : textOf(random);
}

/** What a value is made with: the parts of the document that schemas name, and the ids met so far. */
export interface Making {
  parts: unknown;
  known: readonly string[];
}

/** A value that fits a schema more or less: mostly of its shape, its texts and numbers anything. */
export function ofSchema(random: Random, schema: unknown, making: Making): unknown {
  if (random.chance(4)) return anyJson(random);
  const ref = memberOf(schema, '$ref');
  if (typeof ref === 'string')
    return ofSchema(random, memberOf(making.parts, ref.split('/').at(-1) ?? ''), making);
  const choices = [...listOf(memberOf(schema, 'anyOf')), ...listOf(memberOf(schema, 'oneOf'))];
  if (choices.length > 0) return ofSchema(random, pickOf(random, choices), making);
  const fixed = memberOf(schema, 'enum') ?? memberOf(schema, 'const');
  if (fixed !== undefined) return Array.isArray(fixed) ? pickOf(random, fixed) : fixed;
  return ofType(random, schema, making);
}

function objectOf(random: Random, schema: unknown, making: Making): object {
  const properties = Object.entries(Object(memberOf(schema, 'properties')));
  const required = listOf(memberOf(schema, 'required'));
  const taken = properties.filter(([name]) => random.chance(required.includes(name) ? 96 : 50));
  const own = taken.map(([name, of]) => [name, ofSchema(random, of, making)] as const);
  return Object.fromEntries(random.chance(4) ? [...own, [textOf(random), anyJson(random)]] : own);
}

function ofType(random: Random, schema: unknown, making: Making): unknown {
  const type = memberOf(schema, 'type');
  switch (Array.isArray(type) ? pickOf(random, type) : type) {
    case 'object':
      return objectOf(random, schema, making);
    case 'array': {
      const items = memberOf(schema, 'items');
      return Array.from({ length: random.below(4) }, () => ofSchema(random, items, making));
    }
    case 'string':
      return textFor(random, schema, making.known);
    case 'integer':
    case 'number':
      return random.pick(numbers);
    case 'boolean':
      return random.chance(50);
    case 'null':
      return null;
    default:
      return anyJson(random);
  }
}
