// One request and its answer on a connection, and whether the answer was completed.

export class Exchange {
  /** True once the answer is complete, or the client or the connection has gone. */
  is_over = false;

  /**
   * @param {import('node:http').ServerResponse} response
   * @param {import('./listener.js').Connection} connection
   * @param {() => void} onCutOff called if the exchange ends before the answer is complete
   */
  constructor(response, connection, onCutOff) {
    this.response = response;
    this.connection = connection;
    const end = () => {
      if (this.is_over) return;
      this.is_over = true;
      connection.requestEnded(end);
      if (!response.writableEnded) onCutOff();
    };
    response.on('close', end);
    // With TLS or HTTP/2, Node 18 does not report to the response that the socket has been destroyed.
    connection.requestBegan(end);
  }
}
