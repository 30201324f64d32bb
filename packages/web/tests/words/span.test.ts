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

it("a span over the hour that clocks repeat names the zone of both ends", () => {
    const { span } = say();
    const first = quarter("2026-10-25T00:15:00Z");
    expect(span(first, 4)).toMatch(/^02:15 (CEST|GMT\+2)–02:15 (CET|GMT\+1)$/);
    expect(span(first, 1)).toMatch(/^02:15 (CEST|GMT\+2)–02:30 (CEST|GMT\+2)$/);
    expect(span(first - 5, 1)).toBe("01:00–01:15");
});
