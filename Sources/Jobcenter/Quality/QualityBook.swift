import Chronology
import Identifiers
import Registry

/// Everything registered about the quality of casework: samples, actions, training, focus
/// groups and councils.
public struct QualityBook: FactBook {
    static let kinds: [FactKind] = [
        .caseAudit, .auditedCase, .qualityAction, .trainingCourse, .focusGroup, .focusMember,
        .councilMatter, .staffMember,
    ]

    /// The latest first.
    public let audits: [AuditSummary]
    /// By the day they are due.
    public let actions: [QualityAction]
    /// The latest first.
    public let courses: [TrainingCourse]
    /// The latest first.
    public let groups: [FocusSummary]
    /// The latest first.
    public let matters: [CouncilMatter]
    /// Everybody who has worked here, by number.
    public let staff: [FactID: StaffMember]

    /// O(facts).
    init(_ facts: [Fact]) {
        var audits: [CaseAudit] = []
        var cases: [FactID: [AuditedCase]] = [:]
        var groups: [FocusGroup] = []
        var members: [FactID: [FocusMember]] = [:]
        var actions: [QualityAction] = []
        var courses: [TrainingCourse] = []
        var matters: [CouncilMatter] = []
        var staff: [FactID: StaffMember] = [:]
        for fact in facts {
            switch fact {
            case .caseAudit(let audit): audits.append(audit)
            case .auditedCase(let one): cases[one.audit, default: []].append(one)
            case .qualityAction(let action): actions.append(action)
            case .trainingCourse(let course): courses.append(course)
            case .focusGroup(let group): groups.append(group)
            case .focusMember(let member): members[member.group, default: []].append(member)
            case .councilMatter(let matter): matters.append(matter)
            case .staffMember(let member): staff[member.id] = member
            default: break
            }
        }
        self.audits = audits.sorted { ($0.drawn, $0.id) > ($1.drawn, $1.id) }.map { audit in
            AuditSummary(
                audit: audit,
                cases: (cases[audit.id] ?? []).sorted { $0.number < $1.number })
        }
        self.actions = actions.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
        self.courses = courses.sorted { ($0.day, $0.id) > ($1.day, $1.id) }
        self.groups = groups.sorted { ($0.day, $0.id) > ($1.day, $1.id) }.map { group in
            FocusSummary(group: group, members: (members[group.id] ?? []).sorted { $0.id < $1.id })
        }
        self.matters = matters.sorted { ($0.asked, $0.id) > ($1.asked, $1.id) }
        self.staff = staff
    }

    public func audit(_ id: FactID) -> AuditSummary? { audits.first { $0.audit.id == id } }
    public func group(_ id: FactID) -> FocusSummary? { groups.first { $0.group.id == id } }
    public func action(_ id: FactID) -> QualityAction? { actions.first { $0.id == id } }
    public func course(_ id: FactID) -> TrainingCourse? { courses.first { $0.id == id } }
    public func matter(_ id: FactID) -> CouncilMatter? { matters.first { $0.id == id } }

    /// The sample of the same checklist that was closed last before this one was drawn.
    public func previous(to audit: CaseAudit) -> AuditSummary? {
        audits.first { other in
            other.audit.checklist == audit.checklist && other.audit.id < audit.id
                && other.audit.closed.map { $0 <= audit.drawn } ?? false
        }
    }

    /// How many of those employed on a day took part in a course on a theme within the twelve
    /// months up to it, and the courses.
    public func trained(_ theme: TrainingTheme, on day: Day) -> TrainingShare {
        let from = day.adding(months: -12) + 1
        let own = courses.filter { $0.theme == theme && from <= $0.day && $0.day <= day }
        let employed = Set(
            staff.values.filter { $0.start <= day && $0.end.map { day <= $0 } ?? true }.map(\.id))
        let trained = employed.intersection(own.flatMap(\.participants.all))
        return TrainingShare(
            theme: theme, from: from, to: day, trained: trained.count, employed: employed.count,
            courses: own)
    }

    /// Actions that are not done, the first due first.
    public var open: [QualityAction] { actions.filter { $0.done == nil } }
    /// Matters that a council has not answered.
    public var unanswered: [CouncilMatter] { matters.filter { $0.answered == nil } }
}

/// A sample with its cases.
public struct AuditSummary: Hashable, Sendable {
    public var audit: CaseAudit
    /// In the order in which they were drawn.
    public var cases: [AuditedCase]

    public var reviewed: Int { cases.count { $0.reviewed != nil } }

    /// What stands now of each question that was answered.
    public var counts: AuditFigures {
        var order: [String] = []
        var counts: [String: AuditCount] = [:]
        for finding in cases.flatMap(\.findings.all) {
            if counts[finding.question] == nil { order.append(finding.question) }
            counts[finding.question, default: AuditCount(question: finding.question)]
                .add(finding.finding)
        }
        return AuditFigures(order.compactMap { counts[$0] })
    }

    /// What is shown: what was frozen when it was closed, or nothing before.
    public var figures: AuditFigures { audit.figures }

    /// Something was corrected after the sample was closed.
    public var isCorrected: Bool { audit.closed != nil && counts != audit.figures }
}

/// A focus group or trial with those who were invited.
public struct FocusSummary: Hashable, Sendable {
    public var group: FocusGroup
    public var members: [FocusMember]

    public func count(_ consent: FocusConsent) -> Int {
        members.count { $0.consent == consent }
    }
}

/// How many of those employed were trained.
public struct TrainingShare: Hashable, Sendable {
    public var theme: TrainingTheme
    public var from: Day
    public var to: Day
    public var trained: Int
    public var employed: Int
    public var courses: [TrainingCourse]
}
