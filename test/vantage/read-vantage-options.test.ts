import { expect, it } from "vitest";
import { readVantageOptions } from "../../src/vantage/read-vantage-options.ts";

it("needs the secret alone", () => {
  expect(readVantageOptions({ VANTAGE_SECRET: "0123456789abcdef" })).toEqual({
    port: 3000,
    host: "0.0.0.0",
    secret: "0123456789abcdef",
    ports: [80, 443],
    allowPrivate: false,
  });
});

it("takes ports and private addresses when it is told to", () => {
  const env = { VANTAGE_SECRET: "0123456789abcdef", VANTAGE_PORTS: "80, 443 31611", VANTAGE_ALLOW_PRIVATE: "true" };
  expect(readVantageOptions({ ...env, PORT: "8080" })).toMatchObject({
    port: 8080,
    ports: [80, 443, 31611],
    allowPrivate: true,
  });
});

it("names everything that is wrong at once", () => {
  expect(() => readVantageOptions({ VANTAGE_PORTS: "http", VANTAGE_ALLOW_PRIVATE: "maybe" })).toThrow(
    /VANTAGE_SECRET is missing[\s\S]*VANTAGE_PORTS is not a port[\s\S]*VANTAGE_ALLOW_PRIVATE is neither/,
  );
});
