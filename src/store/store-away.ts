/** What the connection to a server says when there is none, or it breaks. */
const ofConnection = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/**
 * PostgreSQL's own codes (appendix A of its manual): the connection is lost (08), too many connections (53300), it is
 * shutting down or starting up (57P), a statement took too long (57014), nobody let go of a row in time (55P03), or the
 * server is a copy that only reads (25006).
 */
const ofServer = /^(08...|57P..|53300|57014|55P03|25006)$/;

/** What the client and its pool say without a code. */
const inWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether this says that the database does not answer for now, rather than that we asked something wrong. */
export function isStoreAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isStoreAway);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const ofSocket = 'syscall' in error && !('path' in error) && ofConnection.has(code);
  return ofSocket || ofServer.test(code) || inWords.test(error.message);
}
