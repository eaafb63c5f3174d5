import Chronology
import Testing

@testable import Web

@Suite("A conversation for a calendar")
struct CalendarFileTests {
    @Test("lines end and fold as RFC 5545 asks, and what has a meaning of its own is escaped")
    func text() throws {
        let file = CalendarFile(
            id: "7@163.fodfaeste", version: 12, written: try #require(Day(iso: "2025-06-02")),
            day: try #require(Day(iso: "2025-06-10")), begins: 9 * 60 + 5,
            summary: "Samtale med Herlev, på dansk; måske",
            place: String(repeating: "Rådhuset æøå ", count: 12), description: "i\nto linjer")
        let text = file.text
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        #expect(text.utf8.filter { $0 == 10 }.count == text.utf8.filter { $0 == 13 }.count)
        let lines = text.split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.contains("DTSTART;TZID=Europe/Copenhagen:20250610T090500"))
        #expect(lines.contains("DTSTAMP:20250602T000000Z"))
        #expect(lines.contains("UID:7@163.fodfaeste") && lines.contains("SEQUENCE:12"))
        #expect(lines.contains("SUMMARY:Samtale med Herlev\\, på dansk\\; måske"))
        #expect(lines.contains("DESCRIPTION:i\\nto linjer"))
        let unfolded = text.replacing("\r\n ", with: "")
        #expect(unfolded.contains("LOCATION:" + file.place))
    }
}
