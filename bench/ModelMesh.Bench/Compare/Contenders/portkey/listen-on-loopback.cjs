// The gateway listens on every address of the machine and has no setting for that. Loaded before it, this makes it listen on loopback alone.
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function (first, ...rest) {
  if (first !== null && typeof first === 'object' && 'port' in first) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest);
  }

  return listen.call(this, { port: Number(first), host: '127.0.0.1' }, ...rest.filter((argument) => typeof argument === 'function'));
};
