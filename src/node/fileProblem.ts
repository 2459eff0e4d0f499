/** What went wrong with a file, in words a person can act on. */

const PROBLEMS: Readonly<Record<string, readonly [got: string, cure: string]>> = {
  ENOENT: ["nothing: it does not exist", "Check the path."],
  ENOTDIR: ["a path through something that is not a folder", "Check the path."],
  EISDIR: ["a folder", "Name one file in it."],
  ELOOP: ["symbolic links that lead in a circle", "Remove or repair the links."],
  EACCES: ["no permission", "Change the permissions, or choose another place."],
  EPERM: ["no permission", "Change the permissions, or choose another place."],
  EROFS: ["a read-only file system", "Choose another place."],
  ENOSPC: ["a full disk", "Make room, or choose another place."],
  EDQUOT: ["a used-up disk quota", "Make room, or choose another place."],
  ENAMETOOLONG: ["a name too long for the file system", "Choose a shorter name."],
  EMFILE: ["too many open files", "Close some programs and try again."],
};

/**
 * The error for a failed file operation; the system's own is its `cause`.
 *
 * @param operation The name the caller used.
 * @param expected  What was wanted, such as `a file at "photo.jpg"`.
 */
export function fileProblem(operation: string, expected: string, cause: unknown): Error {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  const [got, cure] = PROBLEMS[code] ?? [`"${message}"`, "Check the path and the disk."];
  return new Error(`${operation}: expected ${expected}, got ${got}. ${cure}`, { cause });
}
