export { type ServedAnnotator, type ServeOptions, serveAnnotator } from "./serveAnnotator.ts";
