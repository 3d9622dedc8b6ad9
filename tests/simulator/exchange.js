// One request and its answer on their connection, and whether they ended whole. For request_flow.js only.

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
    // Node 18 tells neither TLS nor HTTP/2 when the socket beneath them is destroyed.
    connection.requestBegan(end);
  }
}
