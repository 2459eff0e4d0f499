/** A file that cannot be worked on, with a text for the person who opened it. */
export class FileProblem extends Error {
  override readonly name = "FileProblem";
}
