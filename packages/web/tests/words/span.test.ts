import { expect, it } from "vitest";
import { quarter, say } from "../screens/say.ts";

it("a span says the day of its end where it is another one", () => {
    const { span } = say();
    const noon = quarter("2026-11-23T12:45:00Z");
    expect(span(noon, 1)).toBe("13:45–14:00");
    expect(span(noon, 41)).toBe("13:45–24:00");
    expect(span(noon, 42)).toBe("13:45 to 00:15 the next day");
    expect(span(noon, 96)).toBe("13:45 to 13:45 the next day");
    expect(span(noon, 41 + 96)).toBe("13:45 to 24:00 the next day");
    expect(span(noon, 2 * 96)).toMatch(/^13:45 to 13:45 on Wed.*25 Nov.*$/);
});
