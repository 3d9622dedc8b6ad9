// One request and its answer on their connection, and whether they ended whole.

export class Exchange {
  /** The answer is complete, or the client or the connection is gone. */
  is_over = false;

  /**
   * @param {import('node:http').ServerResponse} response
   * @param {import('./listener.js').Connection} connection
   * @param {() => void} onCutOff called when it ends before the answer is complete
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
    // Node 18 does not tell TLS or HTTP/2 when their socket is destroyed.
    connection.requestBegan(end);
  }
}
