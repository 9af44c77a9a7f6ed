/** Windows event logs (EVTX): bytes to lazily decoded records. No dependency, no I/O. */
export type { CellLayout, CellSink, RecordCells, RecordSieve, SystemPlace } from "./binxml/cells.ts";
export type { RawTexts } from "./binxml/raw-texts.ts";
export type { DataTemplate, RecordedText, RecordedVisitor } from "./binxml/recorded.ts";
export type { EvtxDiagnostic, EvtxDiagnosticCode } from "./diagnostic.ts";
export { type ChunkRange, EvtxFile, openEvtx, type ReadOptions } from "./file/file.ts";
export type { EvtxHeader } from "./file/header.ts";
export type { EvtxOptions } from "./file/read-chunk.ts";
export type { EvtxSource } from "./file/source.ts";
export { EvtxStream, openEvtxStream } from "./file/stream.ts";
export type { EvtxRange, RangeKind } from "./file/walk.ts";
export { type DataVisitor, EvtxRecord, type SystemFields } from "./record.ts";
export type { EvtxScalar, EvtxValue } from "./value/value.ts";
