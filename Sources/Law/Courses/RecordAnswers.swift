import Chronology
import Registry

/// What is wrong with an answer of a record.
public enum RecordProblem: Hashable, Sendable {
    case missing, notADay, notAChoice, mustBeTicked
    case notANumber(ClosedRange<Int>)
}

extension RecordKind {
    /// The typed answers as they are kept, by field: trimmed, days as `2026-01-31`, without
    /// what was left out. Beside them what is wrong; where anything is, nothing is kept.
    public func read(
        _ typed: [String: String]
    ) -> (answers: [String: String], problems: [(field: String, problem: RecordProblem)]) {
        var answers: [String: String] = [:]
        var problems: [(field: String, problem: RecordProblem)] = []
        for field in fields {
            let text = (typed[field.id] ?? "").trimmed
            switch field.read(text) {
            case .success(let answer): answers[field.id] = answer
            case .failure(let problem): problems.append((field.id, problem))
            }
        }
        return (answers, problems)
    }
}

extension RecordProblem: Error {}

extension RecordField {
    /// Nil for what was left out and may be.
    fileprivate func read(_ text: String) -> Result<String?, RecordProblem> {
        if case .tick(let must) = kind {
            if text.isEmpty { return must ? .failure(.mustBeTicked) : .success(nil) }
            return .success("1")
        }
        if text.isEmpty {
            if isOptional { return .success(nil) }
            switch kind {
            case .day: return .failure(.notADay)
            case .choice: return .failure(.notAChoice)
            case .number(let range): return .failure(.notANumber(range))
            default: return .failure(.missing)
            }
        }
        switch kind {
        case .text, .long, .tick: return .success(text)
        case .day:
            guard let day = Day(iso: text) ?? Day(danish: text) else { return .failure(.notADay) }
            return .success(day.iso)
        case .number(let range):
            guard let number = Int(text), range.contains(number) else {
                return .failure(.notANumber(range))
            }
            return .success(String(number))
        case .choice(let options):
            return options.contains { $0.id == text } ? .success(text) : .failure(.notAChoice)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        let start = drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }
}

/// Why somebody should look at a record.
public struct RecordWarning<Record: FormRecord>: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// Open after the day by which it was to be done.
        case late(Day)
        /// Open for longer than is usual, since a day.
        case draggingOn(since: Day)
        /// The next of its kind was due on a day.
        case followUp(Day)
    }

    public var record: Record
    public var reason: Reason
}

extension RecordCatalogue {
    /// A follow-up that was due longer ago than this is history.
    public static let daysOfFollowUp = 92

    /// What of somebody's records should be looked at on a day, in the order of the records.
    public func warnings<Record: FormRecord>(
        _ records: [Record], on day: Day
    ) -> [RecordWarning<Record>] {
        records.flatMap { record -> [RecordWarning<Record>] in
            guard let kind = self[record.record], record.start <= day else { return [] }
            let isOpen = kind.lasts && record.end.map { $0 > day } ?? true
            var reasons: [RecordWarning<Record>.Reason] = []
            if isOpen {
                for field in kind.fields where field.isDeadline {
                    let due = record.answers[field.id].flatMap { Day(iso: $0) }
                    if let due, due < day { reasons.append(.late(due)) }
                }
                if let most = kind.warnAfterDays, record.start + most < day {
                    reasons.append(.draggingOn(since: record.start))
                }
            }
            if let months = kind.followUpMonths, isOpen || !kind.lasts {
                let due = record.start.adding(months: months)
                let isLatest = !records.contains {
                    $0.record == record.record && $0.start > record.start
                }
                if isLatest, due <= day, day < due + RecordCatalogue.daysOfFollowUp {
                    reasons.append(.followUp(due))
                }
            }
            return reasons.map { RecordWarning(record: record, reason: $0) }
        }
    }
}
