/** As much of autocannon as the loads use; it brings no types along. */
declare module 'autocannon' {
  interface Options {
    url: string;
    connections: number;
    duration: number;
    overallRate?: number;
    headers: Record<string, string>;
  }
  interface Result {
    duration: number;
    errors: number;
    non2xx: number;
    requests: { total: number };
    latency: { p99: number };
  }
  export default function autocannon(options: Options): Promise<Result>;
}
