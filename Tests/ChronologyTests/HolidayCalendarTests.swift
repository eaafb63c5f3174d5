import Chronology
import Foundation
import Testing

@Suite("The calendar of public holidays")
struct HolidayCalendarTests {
    /// The published calendar; nil where the shared data is absent.
    static let calendar: [(day: String, isPublic: Bool)]? = {
        let folder =
            ProcessInfo.processInfo.environment["FODFAESTE_SHARED"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "../shared").standardized
        let file = folder.appending(path: "data/holidays/dk_public_holidays_2015_2040.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return (String(fields[0]), fields.last == "public")
        }
    }()

    @Test(
        "every public holiday from 2015 to 2040, and no other day",
        .enabled(if: calendar != nil, "the shared data is absent: 1 test skipped"))
    func published() throws {
        let published = try #require(Self.calendar)
        let expected = Set(published.filter(\.isPublic).map(\.day))
        let own = (2015...2040).flatMap { DanishHolidays.days(in: $0).map(\.iso) }
        #expect(expected.count > 250)
        #expect(Set(own) == expected)
        #expect(Set(own).count == own.count)
    }
}
