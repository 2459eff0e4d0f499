import { expect, test } from "vitest";
import { latest } from "./latest.ts";

/** Answers that end when they are told to. */
function slowly() {
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const questions = latest<string>((question) => {
    asked.push(question);
    return new Promise((resolve) => ends.push(resolve));
  });
  const end = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { asked, questions, end };
}

test("while one question is worked out, only the newest of the others waits", async () => {
  const { asked, questions, end } = slowly();
  for (const question of ["one", "two", "three", "four"]) questions.ask(question);
  expect(asked).toEqual(["one"]);
  expect(questions.isWaiting()).toBe(true);
  await end();
  expect(asked).toEqual(["one", "four"]);
  expect(questions.isWaiting()).toBe(false);
});

test("it is settled when the newest question has been answered", async () => {
  const { asked, questions, end } = slowly();
  let isSettled = false;
  questions.ask("one");
  questions.ask("two");
  const settled = questions.settled().then(() => {
    isSettled = true;
  });
  await end();
  expect([asked, isSettled]).toEqual([["one", "two"], false]);
  await end();
  await settled;
  expect(isSettled).toBe(true);
});

test("a question after a pause is taken up at once", async () => {
  const { asked, questions, end } = slowly();
  questions.ask("one");
  await end();
  questions.ask("two");
  expect(asked).toEqual(["one", "two"]);
});

test("a question that is dropped is never taken up", async () => {
  const { asked, questions, end } = slowly();
  questions.ask("one");
  questions.ask("two");
  questions.forget();
  await end();
  await questions.settled();
  expect(asked).toEqual(["one"]);
});
