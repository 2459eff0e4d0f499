export {
  type HistoryDocument,
  type Occasion,
  readHistory,
  type Version,
  withVersion,
  writeHistory,
} from "./history.ts";
export {
  type ObjectAttributes,
  type PhotoDocument,
  type PhotoRecord,
  type PhotoSummary,
  readPhoto,
  type Status,
  statuses,
  statusOf,
  writePhoto,
} from "./photoRecord.ts";
export {
  type Attribute,
  checkProject,
  labelOf,
  nextOf,
  numberOf,
  type Project,
  type ProjectLabel,
} from "./project.ts";
export { type ProjectDocument, readProject, writeProject } from "./projectDocument.ts";
