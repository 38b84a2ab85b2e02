import { suite } from './suite.ts';

export default suite(['test/**/*.test.{ts,tsx}']);
