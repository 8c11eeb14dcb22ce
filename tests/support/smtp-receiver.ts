import { type AddressInfo, createServer, type Socket } from "node:net";

type ReceivedMail = { from: string; to: string[]; text: string };

/** A mail server that takes everything, or refuses recipients: SMTP (RFC 5321) as far as one client needs it. */
export async function smtpReceiver() {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let refuses = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    const say = (line: string) => socket.write(`${line}\r\n`);
    let [buffer, isData] = ["", false];
    let mail: ReceivedMail = { from: "", to: [], text: "" };
    say("220 test ESMTP");
    const command = (line: string) => {
      const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (/^MAIL FROM/i.test(line)) mail = { from: address, to: [], text: "" };
      if (/^RCPT TO/i.test(line) && refuses) return say("550 nobody of that name");
      if (/^RCPT TO/i.test(line)) mail.to.push(address);
      isData = /^DATA/i.test(line);
      if (isData) return say("354 go on");
      if (!/^QUIT/i.test(line)) return say("250 ok");
      say("221 bye");
      socket.end();
    };
    socket.on("data", (chunk) => {
      buffer += chunk.toString();
      for (;;) {
        const mark = isData ? "\r\n.\r\n" : "\r\n";
        const end = buffer.indexOf(mark);
        if (end < 0) return;
        const part = buffer.slice(0, end);
        buffer = buffer.slice(end + mark.length);
        if (!isData) {
          command(part);
          continue;
        }
        isData = false;
        received.push({ ...mail, text: part });
        say("250 taken");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    refuse: (next: boolean) => {
      refuses = next;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
