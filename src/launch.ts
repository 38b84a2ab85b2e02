#!/usr/bin/env node
import { runPinnedNode } from './pinned-node.ts';

runPinnedNode(new URL('./main.js', import.meta.url));
