import { expect, test } from "vitest";
import { classOf, classOfStranger, leavesDoubt } from "./errors.ts";

test.each([
  [131000, 500, "transient"],
  [2, 503, "transient"],
  [130429, 429, "throttle"],
  [80007, 400, "throttle"],
  [131056, 429, "pair"],
  [131049, 400, "cap"],
  [131050, 400, "consent"],
  [131047, 400, "window"],
  [131026, 400, "recipient"],
  [132001, 404, "template"],
  [132015, 400, "stopped"],
  [190, 401, "account"],
  [200, 403, "account"],
  [131042, 400, "account"],
  [100, 400, "bug"],
  [131009, 400, "bug"],
  [987654, 429, "throttle"],
  [987654, 403, "account"],
  [987654, 400, "bug"],
])("code %i with HTTP %i is of the class %s", (code, httpStatus, expected) => {
  expect(classOf(code, httpStatus)).toBe(expected);
});

test.each([
  ["a failing server that says it did not send", 131000, 500, false],
  ["an overloaded server", 2, 503, false],
  ["a server in maintenance", 133004, 503, false],
  ["a rate limit told with a server's status", 130429, 503, false],
  ["a refused template told with a server's status", 132015, 500, false],
  ["a possible server error", 1, 500, true],
  ["a code nobody knows from a failing server", 987654, 502, true],
  ["a possible server error told as the request's fault", 1, 400, false],
  ["a code nobody knows told as the request's fault", 987654, 400, false],
])("whether the message was taken: %s", (_, code, httpStatus, isOpen) => {
  expect(leavesDoubt(code, httpStatus)).toBe(isOpen);
});

test.each([
  [400, "bug"],
  [403, "transient"],
  [404, "transient"],
  [413, "bug"],
  [429, "throttle"],
] as const)("HTTP %i that is not Meta's says nothing about the account: %s", (httpStatus, expected) => {
  expect(classOfStranger(httpStatus)).toBe(expected);
});
