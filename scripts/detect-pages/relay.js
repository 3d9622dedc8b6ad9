// The browser starts this program instead of the native messaging host while scripts/detect runs. It relays
// all bytes between the browser and wire.js.
import net from 'node:net';
import process from 'node:process';

const [, , address] = process.argv;
const socket = net.connect(address);
process.stdin.pipe(socket).pipe(process.stdout);
socket.on('error', () => process.exit(1)).on('close', () => process.exit(0));
