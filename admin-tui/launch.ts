#!/usr/bin/env node
import { runPinnedNode } from '../src/pinned-node.ts';

const helpAsked = process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h');
const node = Number.parseInt(process.versions.node, 10);

// Help is words alone, which any Node of these years can show: starting another one would double the wait.
if (helpAsked && node >= 20) import('./show-help.ts');
else runPinnedNode(new URL('./main.js', import.meta.url));
