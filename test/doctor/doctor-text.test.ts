import { expect, test } from "vitest";
import { doctorText } from "../../src/doctor/doctor-text.ts";
import { en } from "../../src/words/en/index.ts";

test("what strangers wrote moves no cursor and breaks no line", () => {
  const title = "Fix\u001b[2J \u0007this\nand that";
  const params = { repository: "acme/rrr", sha: "3f2a91c", title };
  const text = doctorText([{ check: "repository", state: "ok", reason: "RepositoryStands", params }], en);
  expect(text).toBe("✔ Repository  acme/rrr, at 3f2a91c “Fix[2J this and that”");
});
