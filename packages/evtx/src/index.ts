/** Windows event logs (EVTX): bytes to lazily decoded records. No dependency, no I/O. */
export type { CellLayout, CellSink, RecordCells, RecordSieve, SystemPlace } from "./cells.ts";
export type { EvtxDiagnostic, EvtxDiagnosticCode } from "./diagnostic.ts";
export { type ChunkRange, EvtxFile, openEvtx, type ReadOptions } from "./file.ts";
export type { EvtxHeader } from "./header.ts";
export type { RawTexts } from "./raw-texts.ts";
export type { EvtxOptions } from "./read-chunk.ts";
export { type DataVisitor, EvtxRecord, type SystemFields } from "./record.ts";
export type { DataTemplate, RecordedText, RecordedVisitor } from "./recorded.ts";
export type { EvtxSource } from "./source.ts";
export { EvtxStream, openEvtxStream } from "./stream.ts";
export type { EvtxScalar, EvtxValue } from "./value.ts";
export type { EvtxRange, RangeKind } from "./walk.ts";
