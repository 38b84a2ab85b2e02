import type { MethodKind } from '../methods/method.ts';
import type { Asked } from '../people/asked.ts';

/** A gate that was passed: by which method, and where its code went. */
export interface Proof {
  method: MethodKind;
  destination: string;
}

/** What a reset still needs. */
export interface Still {
  /** How many gates the policy asks, and how many of the proofs count. */
  needed: number;
  passed: number;
  met: boolean;
  /** The methods that may be tried next. */
  open: readonly MethodKind[];
}

function isQuestions(method: MethodKind): boolean {
  return method === 'security-questions';
}

/**
 * What a reset still needs, from what the policy asks now and what was proven so far, and from nothing else. Each
 * destination counts once (S12); the questions are one gate at most, never the only one, and open only after a gate of
 * possession; a method already passed drops out; one that the policy no longer enables counts no more (S13).
 */
export function stillNeeded(asked: Asked, proofs: readonly Proof[]): Still {
  const counting = proofs.filter(({ method }) => asked.methods.includes(method));
  const places = new Set(
    counting.filter(({ method }) => !isQuestions(method)).map(({ destination }) => destination),
  );
  const possession = places.size;
  const knowledge = possession > 0 && counting.some(({ method }) => isQuestions(method)) ? 1 : 0;
  const used = new Set(counting.map(({ method }) => method));
  const passed = possession + knowledge;
  return {
    needed: asked.methodsToReset,
    passed,
    met: asked.enabled && passed >= asked.methodsToReset,
    open: asked.methods.filter((method) => !used.has(method) && (possession > 0 || !isQuestions(method))),
  };
}
