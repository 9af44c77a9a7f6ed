import { expect, it } from "vitest";
import { noFields, ShapeKeeper } from "./shape.ts";

it("leaves the fields as they are", () => {
  const keeper = new ShapeKeeper();
  const fields = { ...noFields, "event.kind": "event", "source.port": 22 };
  for (let i = 0; i < 1000; i++) keeper.show(fields);
  expect(fields).toEqual({ "event.kind": "event", "source.port": 22 });
});
