import Chronology
import Identifiers
import Law
import Registry
import Storage

/// The citizen's own way back from sick leave.
extension OwnCase {
    /// Proposes hours at work from a day on, in steps (delvis raskmelding). They are tried against
    /// the law, and reach the caseworker as a message, who registers what is agreed with the
    /// employer. `written` is the message's text before the steps, which follow line by line.
    /// Throws `FieldProblems` where the citizen is not sick-listed on the first day or the law does
    /// not allow the hours (SDPL § 53).
    public func proposeReturn(
        _ steps: [NewEffort.Hours], subject: String, written: [String], words: String,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        guard let first = steps.first else {
            throw FieldProblems([.init("hours1", "hoursMissing")])
        }
        try FieldProblems.requireShort(words, "words")
        let statutes = try await house.law.statutes()
        return try await write(municipality, actor) { writer, citizen in
            if first.from < writer.today { throw FieldProblems([.init("from1", "inPast")]) }
            let facts = try writer.reader.registrations(
                about: citizen, of: municipality, kinds: [.benefitSpell, .employment]
            ).map(\.fact)
            try SickLeaveCase.check(steps, facts, statutes)
            return try writer.add(
                NewMessage(
                    day: writer.today, from: .citizen, to: .municipality, subject: subject,
                    text: (written + [words]).filter { !$0.isEmpty }.joined(separator: "\n")),
                about: citizen)
        }
    }
}

/// Hours at work in one week of a way back.
public struct ReturnWeek: Hashable, Sendable {
    /// A Monday.
    public var monday: Day
    /// Hours at work in the week, by the step that holds at its end.
    public var weekly: WeeklyTime
}

extension CitizenFile {
    /// Steps of the way back that hold today or later, the earliest first.
    public func returns(from day: Day) -> [PartialReturn] {
        registrations.compactMap { note in
            guard case .partialReturn(let step) = note.fact, (step.end ?? .openEnd) >= day else {
                return nil
            }
            return step
        }.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
    }

    /// The calendar of the way back, week by week from this one.
    public func returnWeeks(from day: Day, count: Int) -> [ReturnWeek] {
        let steps = returns(from: day)
        let monday = day - (day.weekday - 1)
        return (0..<count).compactMap { week in
            let first = monday + 7 * week
            guard
                let step = steps.last(where: {
                    $0.start <= first + 6 && $0.holds(on: max($0.start, first))
                })
            else { return nil }
            return ReturnWeek(monday: first, weekly: step.weekly)
        }
    }
}
