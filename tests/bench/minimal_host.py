"""A minimal native messaging host in Python, to compare CardMute's host with: frame in, POST, frame out. It uses
only the standard library and does nothing else. With a second argument, the file of a new store, it records each
request there before it sends it, as CardMute's host must."""
import http.client
import json
import sqlite3
import struct
import sys
from urllib.parse import urlsplit

url = urlsplit(sys.argv[1])
connection = http.client.HTTPConnection(url.hostname, url.port)
store = sqlite3.connect(sys.argv[2], isolation_level=None) if len(sys.argv) > 2 else None
if store:
    store.executescript('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;'
                        'CREATE TABLE IF NOT EXISTS request(id INTEGER PRIMARY KEY, state TEXT);')
frames_in, frames_out = sys.stdin.buffer, sys.stdout.buffer


def post(state):
    if store:
        store.execute('INSERT INTO request(state) VALUES(?)', (state,))
    body = json.dumps({'extension': 'API1API', 'state': state})
    connection.request('POST', url.path, body, {'Content-Type': 'application/json'})
    answer = json.loads(connection.getresponse().read())
    return str(answer['ErrorCode']) == '200'


while len(head := frames_in.read(4)) == 4:
    request = json.loads(frames_in.read(struct.unpack('=I', head)[0]))
    if request['type'] == 'hello':
        connection.connect()
        ok = True
    else:
        ok = post('1' if request['type'] == 'surface.open' else '0')
    reply = json.dumps({'id': request['id'], 'type': 'reply', 'ok': ok}, separators=(',', ':')).encode()
    frames_out.write(struct.pack('=I', len(reply)) + reply)
    frames_out.flush()
