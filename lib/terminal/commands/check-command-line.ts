import { InvalidRequestError } from "@/lib/core/errors";

const maxChars = 4_096;

/**
 * One command line as it may be typed into a shell, without blanks around it.
 * @throws InvalidRequestError when it is empty, too long, has line breaks or control characters, which a shell takes for keys, or what
 * a shell would take from its history, so that something else ran than was read
 */
export function checkCommandLine(command: string): string {
  const line = command.trim();
  if (!line) throw new InvalidRequestError("There is no command. Name one.");
  if (line.length > maxChars) throw new InvalidRequestError(`The command has more than ${maxChars} characters. Put it into a script.`);
  if (/\p{Cc}/u.test(line))
    throw new InvalidRequestError("A command is one line without control characters. Join lines with ; or &&, or write a script first.");
  // Between single quotes a shell leaves `!` alone, and so it does before a blank, = and (.
  if (/![^\s=("]/.test(line.replace(/'[^']*'/g, "''")))
    throw new InvalidRequestError("The shell would replace ! by a command of its history. Put it between single quotes.");
  return line;
}
