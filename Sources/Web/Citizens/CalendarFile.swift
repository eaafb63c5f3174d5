import Chronology
import Identifiers
import Jobcenter
import Law
import Registry
import Storage
import Views

extension Desk {
    /// A conversation just planned as a calendar's entry (RFC 5545).
    func calendar(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let (note, file, _) = try await visit.asked(number),
            let entry = visit.entry(note, file)
        else { return visit.error(.notFound) }
        return Answer(
            contentType: "text/calendar; charset=utf-8", body: Array(entry.text.utf8))
    }
}

extension Visit {
    /// A planned conversation with a time as an entry.
    func entry(_ note: RegistrationNote, _ file: CitizenFile) -> CalendarFile? {
        guard case .conversation(let talk) = note.fact, talk.status == .planned,
            let more = file.meeting(talk.id)?.note, let begins = more.begins
        else { return nil }
        let municipality = desk.municipality
        return CalendarFile(
            id: "\(talk.id.number)@\(municipality.code.number).fodfaeste",
            version: Int(note.number), written: note.recordedOn, day: talk.day, begins: begins,
            summary: text("views.calendar.summary", ["name": municipality.name]),
            place: more.place,
            description: text("views.conversation.forms.\(talk.form.rawValue)"))
    }
}

/// One entry of a calendar in Danish time. It names nobody.
struct CalendarFile: Hashable {
    /// The same for every version of the entry.
    var id: String
    /// Higher for a later version.
    var version: Int
    var written: Day
    var day: Day
    /// Minutes after midnight.
    var begins: Int
    var summary: String
    var place: String
    var description: String

    var text: String {
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fodfaeste//DA", "METHOD:PUBLISH",
            ] + CalendarFile.zone + [
                "BEGIN:VEVENT", "UID:\(id)", "SEQUENCE:\(version)",
                "DTSTAMP:\(stamp(written, 0))Z",
                "DTSTART;TZID=Europe/Copenhagen:\(stamp(day, begins))",
                "DURATION:PT\(ConversationCase.length)M", "SUMMARY:\(escaped(summary))",
            ] + (place.isEmpty ? [] : ["LOCATION:\(escaped(place))"]) + [
                "DESCRIPTION:\(escaped(description))", "END:VEVENT", "END:VCALENDAR",
            ]
        return lines.map(CalendarFile.folded).joined(separator: "\r\n") + "\r\n"
    }

    private func stamp(_ day: Day, _ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return day.iso.filter { $0 != "-" } + "T" + two(minutes / 60) + two(minutes % 60) + "00"
    }

    private func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "\\", ",", ";": out += "\\" + String(character)
            case "\n", "\r\n", "\r": out += "\\n"
            default: out.append(character)
            }
        }
        return out
    }

    /// No line is longer than 75 bytes; it goes on after a space on the next.
    private static func folded(_ line: String) -> String {
        var out = ""
        var bytes = 0
        for character in line {
            let size = String(character).utf8.count
            if bytes + size > 74 {
                out += "\r\n "
                bytes = 1
            }
            out.append(character)
            bytes += size
        }
        return out
    }

    private static let zone = [
        "BEGIN:VTIMEZONE", "TZID:Europe/Copenhagen", "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200", "DTSTART:19810329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
        "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
        "END:VTIMEZONE",
    ]
}
