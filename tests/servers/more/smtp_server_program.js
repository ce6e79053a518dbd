// Runs Nodemailer's smtp-server as its documentation shows it: PORT CERTIFICATE KEY [implicit-tls].
"use strict";
const fs = require("node:fs");
const { SMTPServer } = require("smtp-server");
const [port, certificate, key, implicitTls] = process.argv.slice(2);

new SMTPServer({
  name: "mx.example.net",
  secure: Boolean(implicitTls),
  size: 10000,
  authOptional: true,
  cert: fs.readFileSync(certificate),
  key: fs.readFileSync(key),
  socketTimeout: 3000,
  useXClient: true,
  useXForward: true,
  disableReverseLookup: true,
  onAuth(auth, _session, done) {
    const right = auth.username === "alice" && auth.password === "wonderland";
    done(right ? null : new Error("Invalid username or password"), { user: auth.username });
  },
  onData(stream, _session, done) {
    stream.resume();
    stream.on("end", () => {
      const error = stream.sizeExceeded ? new Error("Message exceeds fixed maximum message size") : null;
      if (error) error.responseCode = 552;
      done(error);
    });
  },
}).on("error", () => {}).listen(Number(port), "127.0.0.1");  // a handshake that a client gives up
