import type { Axis } from "../tensor/hostTensor.ts";
import type { AttributesOf, Kind, OperationName } from "./vocabulary.ts";

/** What is known of a tensor before any number is: its axes, in order, and what it holds. */
export interface Shape {
  readonly axes: readonly Axis[];
  readonly kind: Kind;
}

/** The result of one operation, as a value: what it is made of, not yet its numbers. */
export interface NodeOf<Name extends OperationName> extends Shape {
  readonly operation: Name;
  readonly inputs: readonly Node[];
  readonly attributes: AttributesOf[Name];
}

/** A tensor in a graph. Nodes never change; whoever holds one may share it. */
export type Node = { [Name in OperationName]: NodeOf<Name> }[OperationName];

/** What operations take where a single number makes sense. */
export type Value = Node | number;
