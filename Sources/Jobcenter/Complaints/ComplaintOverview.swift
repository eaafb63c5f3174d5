import Chronology
import Identifiers
import Indicators
import Law
import Registry

/// One line of the overview of complaints: how many there were of something, by the month in
/// which they came in (klageoverblik).
public struct ComplaintLine: Hashable, Sendable {
    public enum Group: String, CaseIterable, Sendable {
        case subject, channel
        /// Acknowledged within the promise, later, not due yet.
        case acknowledged
        /// Reassessed within the law's four weeks, later, not due yet; complaints about decisions.
        case reassessed
        case result
        /// What the appeals board said of what was forwarded to it.
        case board
        /// What was at fault, by the month in which it was learned.
        case fault
    }

    public var group: Group
    /// The choice within the group; `total` for all of it.
    public var choice: String

    public static let total = "total"

    public init(_ group: Group, _ choice: String) {
        self.group = group
        self.choice = choice
    }

    /// `board.confirmed`, as addresses have it.
    public var id: String { "\(group.rawValue).\(choice)" }
}

/// A year of complaints, month by month, without names.
public struct ComplaintOverview: Sendable {
    /// The months from the first to the latest.
    public var months: [Month]
    /// By line; one count for each month and last the sum of them.
    public var counts: [ComplaintLine: [ComplaintCount]]
    /// The lines in the order in which they are shown.
    public var lines: [ComplaintLine]
    /// The changes decided on in the latest twelve months that are made, and all of them. Nil
    /// for those who may not see few.
    public var changes: (made: Int, decided: Int)?

    /// The count of a line in a month; all months for nil.
    public func count(_ line: ComplaintLine, _ month: Month?) -> ComplaintCount {
        guard let counts = counts[line] else { return .count(0) }
        guard let month else { return counts.last ?? .count(0) }
        return months.firstIndex(of: month).map { counts[$0] } ?? .count(0)
    }
}

extension ComplaintFile {
    /// The lines of the overview that count it.
    public func lines(_ rules: ComplaintRules, on day: Day) -> [ComplaintLine] {
        var lines = [
            ComplaintLine(.subject, subject?.rawValue ?? "untold"),
            ComplaintLine(.channel, channel?.rawValue ?? "untold"),
        ]
        let clocks = clocks(rules)
        func clock(_ kind: ComplaintClock.Kind, _ group: ComplaintLine.Group) {
            guard let clock = clocks.first(where: { $0.kind == kind }) else { return }
            lines.append(ComplaintLine(group, clock.state(on: day).line))
        }
        clock(.acknowledge, .acknowledged)
        clock(.reassess, .reassessed)
        if let result { lines.append(ComplaintLine(.result, result.rawValue)) }
        if has(.forwarded) { lines.append(ComplaintLine(.board, board?.rawValue ?? "waiting")) }
        return lines
    }
}

extension ComplaintClock.State {
    fileprivate var line: String {
        switch self {
        case .inTime: "inTime"
        case .late, .overdue: "late"
        case .running: "notDue"
        }
    }
}

extension ComplaintCase {
    /// The months of an overview on a day, the latest last.
    public static func months(on day: Day) -> [Month] {
        let last = Month(containing: day)
        return (-11...0).map { last + $0 }
    }

    /// The overview of the latest twelve months, counted by when the complaints came in; faults
    /// by when they were learned. Small counts are hidden from those who may not see them, with
    /// as many others as it takes that none follows by subtraction. O(complaints).
    public func overview(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> ComplaintOverview {
        try Policy.require(.readFigures, by: actor, in: municipality)
        let today = house.clock.today()
        let rules = try await rules()
        let files = try await house.complaints.book(of: municipality).files
        let months = Self.months(on: today)
        var persons: [ComplaintLine: [Month: [CitizenID]]] = [:]
        var (made, decided) = (0, 0)
        for file in files {
            let month = Month(containing: file.complaint.received)
            for line in file.lines(rules, on: today) {
                persons[line, default: [:]][month, default: []].append(file.complaint.citizen)
            }
            for learning in file.learnings {
                let month = Month(containing: learning.day)
                persons[ComplaintLine(.fault, learning.choice), default: [:]][month, default: []]
                    .append(file.complaint.citizen)
                guard months.contains(month) else { continue }
                decided += 1
                if file.made(learning) != nil { made += 1 }
            }
        }
        let lines = ComplaintLine.all(rules.catalogue.faults.map(\.id))
        let hides =
            Policy.refusal(of: .readSmallCounts, by: actor, in: municipality) != nil
            && Policy.refusal(of: .writeAsAdviser, by: actor, in: municipality) != nil
        let table = MonthTable(lines: lines, months: months)
        let counts = table.counts(
            hides ? house.suppression : nil, relations: relations(lines, table.width)
        ) { line, month in
            let parts =
                line.choice == ComplaintLine.total
                ? lines.filter { $0.group == line.group && $0 != line } : [line]
            return parts.flatMap { persons[$0]?[month] ?? [] }
        }
        return ComplaintOverview(
            months: months, counts: counts,
            // A line that nobody is behind in the whole year says nothing.
            lines: lines.filter {
                $0.choice == ComplaintLine.total || counts[$0]?.last != .count(0)
            },
            changes: hides ? nil : (made, decided))
    }

    /// Each group is the sum of its lines. All who complained are both by subject and by channel.
    private func relations(_ lines: [ComplaintLine], _ width: Int) -> [Suppression.Relation] {
        var relations: [Suppression.Relation] = []
        func row(_ group: ComplaintLine.Group) -> Int? {
            lines.firstIndex(of: ComplaintLine(group, ComplaintLine.total))
        }
        for group in ComplaintLine.Group.allCases {
            guard let total = row(group) else { continue }
            let parts = lines.indices.filter { lines[$0].group == group && $0 != total }
            for column in 0..<width {
                relations.append(
                    .init(total: total * width + column, parts: parts.map { $0 * width + column })
                )
            }
        }
        if let subject = row(.subject), let channel = row(.channel) {
            for column in 0..<width {
                relations.append(
                    .init(total: subject * width + column, parts: [channel * width + column]))
            }
        }
        return relations
    }
}

extension ComplaintLine {
    /// Every line there can be, each group with its total last.
    fileprivate static func all(_ faults: [String]) -> [ComplaintLine] {
        let choices: [(Group, [String])] = [
            (.subject, ComplaintSubject.allCases.map(\.rawValue) + ["untold"]),
            (.channel, ComplaintChannel.allCases.map(\.rawValue) + ["untold"]),
            (.acknowledged, ["inTime", "late", "notDue"]),
            (.reassessed, ["inTime", "late", "notDue"]),
            (.result, ComplaintResult.allCases.map(\.rawValue)),
            (.board, BoardOutcome.allCases.map(\.rawValue) + ["waiting"]),
            (.fault, faults),
        ]
        return choices.flatMap { group, choices in
            (choices + [total]).map { ComplaintLine(group, $0) }
        }
    }
}

/// What the adviser was asked, without names.
public struct AdviserOverview: Sendable {
    public var months: [Month]
    /// Inquiries by subject, and ended ones by outcome; one count for each month and last the sum.
    public var subjects: [AdviserSubject: [ComplaintCount]]
    public var outcomes: [AdviserOutcome: [ComplaintCount]]
}

extension AdviserCase {
    /// The latest twelve months of inquiries, by when they were asked and when they were closed.
    /// Those who are not the adviser see no small counts.
    public func overview(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> AdviserOverview {
        try Policy.require(.readFigures, by: actor, in: municipality)
        let months = ComplaintCase.months(on: house.clock.today())
        let entries = try await house.adviser.book(of: municipality).threads.values
            .flatMap(\.entries)
        let sees = Policy.refusal(of: .writeAsAdviser, by: actor, in: municipality) == nil
        func counts<Choice: RawRepresentable & CaseIterable & Hashable>(
            _ kind: AdviserEntry.Kind
        ) -> [Choice: [ComplaintCount]] where Choice.RawValue == String {
            MonthTable(lines: Array(Choice.allCases), months: months).counts(
                sees ? nil : house.suppression
            ) { choice, month in
                entries.filter {
                    $0.kind == kind && $0.choice == choice.rawValue
                        && Month(containing: $0.day) == month
                }.map(\.citizen)
            }
        }
        return AdviserOverview(
            months: months, subjects: counts(.asked), outcomes: counts(.closed))
    }
}

extension ComplaintOverview {
    /// Whether there is such a line, faults aside.
    public static func isKnown(_ line: ComplaintLine) -> Bool {
        ComplaintLine.all([]).contains(line)
    }
}
