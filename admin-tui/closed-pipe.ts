/** Ends quietly when whoever reads the output has seen enough (`| head`), which is no failure. */
export function endWithClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
