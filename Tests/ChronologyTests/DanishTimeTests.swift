import Chronology
import Testing

@Suite("The time of day in Denmark")
struct DanishTimeTests {
    /// Unix seconds from `date -u`, with the Danish hour and minute.
    @Test(
        "Winter and summer, and the minutes around both changes",
        arguments: [
            (1_767_225_600, 60),  // 2026-01-01 00:00 UTC
            (1_782_864_000, 120),  // 2026-07-01 00:00 UTC
            (1_774_745_999, 119),  // 2026-03-29 00:59:59 UTC
            (1_774_746_000, 180),  // 2026-03-29 01:00 UTC
            (1_792_889_999, 179),  // 2026-10-25 00:59:59 UTC
            (1_792_890_000, 120),  // 2026-10-25 01:00 UTC
            (1_767_223_800, 30),  // 2025-12-31 23:30 UTC: past midnight already
        ] as [(Int64, Int)])
    func minutes(seconds: Int64, minute: Int) {
        #expect(DanishTime.minute(seconds) == minute)
    }

    @Test("The day changes at midnight in Denmark, not in Greenwich")
    func days() throws {
        let newYear = try #require(Day(iso: "2026-01-01"))
        #expect(DanishTime.day(1_767_221_999) == newYear - 1)  // 2025-12-31 22:59:59 UTC
        #expect(DanishTime.day(1_767_222_000) == newYear)
    }
}
