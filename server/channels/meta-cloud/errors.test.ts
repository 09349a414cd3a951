import { expect, test } from "vitest";
import { classOf } from "./errors.ts";

test.each([
  [131000, 500, "transient"],
  [2, 503, "transient"],
  [130429, 429, "throttle"],
  [80007, 400, "throttle"],
  [131056, 429, "throttle"],
  [131049, 400, "cap"],
  [131050, 400, "consent"],
  [131047, 400, "window"],
  [131026, 400, "recipient"],
  [132001, 404, "template"],
  [132015, 400, "template"],
  [190, 401, "account"],
  [200, 403, "account"],
  [131042, 400, "account"],
  [100, 400, "bug"],
  [131009, 400, "bug"],
  [987654, 500, "transient"],
  [987654, 429, "throttle"],
  [987654, 403, "account"],
  [987654, 400, "bug"],
])("code %i with HTTP %i is of the class %s", (code, httpStatus, expected) => {
  expect(classOf(code, httpStatus)).toBe(expected);
});
