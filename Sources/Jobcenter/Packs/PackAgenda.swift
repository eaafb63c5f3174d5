import Chronology
import Law
import Registry

/// What is due after a quarter's end, and by when (dagsorden for ledelsesinformationen).
public struct PackAgenda: Sendable {
    public enum Step: String, CaseIterable, Sendable {
        /// Those who do the work explain the targets that are off (forklaringer).
        case explanations
        case draft, comments, approval, publication
        /// What the committee decided is minuted (referat).
        case minutes

        /// Days after the quarter's last day. A choice of this program: late registrations
        /// of a month settle within the month after it.
        var days: Int {
            switch self {
            case .explanations: 21
            case .draft: 31
            case .comments: 38
            case .approval: 42
            case .publication: 45
            case .minutes: 70
            }
        }
    }

    public enum State: Hashable, Sendable { case done, due, late }

    public var quarter: Quarter
    public var steps: [(step: Step, day: Day, state: State)] {
        Step.allCases.map { step in
            let day = quarter.range.end + step.days
            let state: State = done.contains(step) ? .done : day < today ? .late : .due
            return (step, day, state)
        }
    }

    private var done: Set<Step> = []
    private var today: Day

    /// `notes` and `editions` are those of the quarter.
    public init(_ quarter: Quarter, notes: [PackNote], editions: [PackEdition], today: Day) {
        self.quarter = quarter
        self.today = today
        if notes.contains(where: { $0.kind == .explanation }) { done.insert(.explanations) }
        if notes.contains(where: { $0.kind == .comment }) { done.insert(.comments) }
        if notes.contains(where: { $0.kind == .minutes }) { done.insert(.minutes) }
        if !editions.isEmpty { done.insert(.draft) }
        if editions.contains(where: { $0.approved != nil }) { done.insert(.approval) }
        if editions.contains(where: { $0.published != nil }) { done.insert(.publication) }
    }

    /// The ceilings over spending on guidance and mentors that are to be published from the
    /// quarter's last day until its minutes are due (LAB § 203 a).
    public func announcements() throws -> [(
        stage: SpendingCap.Announcement.Stage, day: Day, year: Int
    )] {
        let end = quarter.range.end
        return try SpendingCap.bundled().announcements(
            from: end, through: end + Step.minutes.days)
    }
}
