import { expect, test } from "vitest";
import { fileProblem } from "./fileProblem.ts";

test("a known problem comes with its cure, and with the system's own words as the cause", () => {
  const cause = Object.assign(new Error("EACCES: permission denied, open 'a.jpg'"), {
    code: "EACCES",
  });
  const problem = fileProblem("readPicture", 'a picture in a file at "a.jpg"', cause);
  expect(problem.message).toBe(
    'readPicture: expected a picture in a file at "a.jpg", got no permission. Change the permissions, or choose another place.',
  );
  expect(problem.cause).toBe(cause);
});

test("an unknown problem is passed on in the system's words", () => {
  expect(fileProblem("write", "a file", new Error("EIO: i/o error")).message).toBe(
    'write: expected a file, got "EIO: i/o error". Check the path and the disk.',
  );
});
