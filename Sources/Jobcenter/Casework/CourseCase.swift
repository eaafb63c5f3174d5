import Chronology
import Law
import Registry
import Storage

/// The guided way of a citizen's group, and how far the citizen has come (forløb).
public struct CourseCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    public func catalogue() async throws -> CourseCatalogue { try await house.law.courses() }

    /// The courses that are for the citizen today, with what is done of each; with `asked`
    /// the course of that id, whoever it is for.
    public func progress(
        of file: CitizenFile, asked: String? = nil
    ) async throws -> [CourseProgress] {
        let today = house.clock.today()
        return try await catalogue().courses.compactMap { course in
            let begins = file.beginning(of: course, on: today)
            guard asked == nil ? begins != nil : course.id == asked else { return nil }
            let since = begins.flatMap(\.self)
            return CourseProgress(
                course: course, since: since,
                steps: course.steps.filter {
                    $0.from ?? today <= today && today <= $0.until ?? today
                }.map { file.progress(of: $0, since: since, on: today) })
        }
    }
}

/// How far a citizen has come in a course.
public struct CourseProgress: Sendable {
    public var course: Course
    /// What was registered before this day is not of the course; nil for all.
    public var since: Day?
    public var steps: [Step]

    public struct Step: Sendable {
        public var step: CourseStep
        /// The latest registration that shows it done.
        public var done: RegistrationNote?
        /// The first of its deadlines that are due or overdue.
        public var due: CitizenObligations.Owed?
    }
}

extension CitizenFile {
    /// Since when a course has been for the citizen: nil where it is not, and nil within
    /// where no day can be told.
    fileprivate func beginning(of course: Course, on day: Day) -> Day?? {
        let found = course.conditions.compactMap { beginning(of: $0, on: day) }
        guard !found.isEmpty else { return nil }
        return .some(found.contains(nil) ? nil : found.compactMap(\.self).min())
    }

    private func beginning(of condition: CourseCondition, on day: Day) -> Day?? {
        let age = citizen.born.age(on: day)
        if let from = condition.ageFrom, age < from { return nil }
        if let under = condition.ageUnder, age >= under { return nil }
        var days: [Day] = []
        func holds(_ isAsked: Bool, _ start: (Fact) -> Day?) -> Bool {
            if !isAsked { return true }
            let starts = registrations.compactMap { start($0.fact) }
            days += starts.min().map { [$0] } ?? []
            return !starts.isEmpty
        }
        let isMet =
            holds(!condition.groups.isEmpty) { fact in
                guard case .targetGroup(let period) = fact, period.holds(on: day),
                    condition.groups.contains(period.group)
                else { return nil }
                return period.start
            }
            && holds(!condition.benefits.isEmpty) { fact in
                guard case .benefitSpell(let spell) = fact, spell.holds(on: day),
                    condition.benefits.contains(spell.benefit)
                else { return nil }
                return spell.start
            }
            && holds(!condition.categories.isEmpty) { fact in
                guard case .matchCategory(let period) = fact, period.holds(on: day),
                    condition.categories.contains(period.category)
                else { return nil }
                return period.start
            }
            && holds(!condition.efforts.isEmpty) { fact in
                guard case .effort(let effort) = fact, effort.holds(on: day),
                    condition.efforts.contains(effort.measure)
                else { return nil }
                return effort.start
            }
            && holds(!condition.records.isEmpty) { fact in
                guard case .caseRecord(let record) = fact, record.start <= day,
                    condition.records.contains(record.record)
                else { return nil }
                return record.start
            }
        return isMet ? .some(days.min()) : nil
    }

    fileprivate func progress(
        of step: CourseStep, since: Day?, on day: Day
    ) -> CourseProgress.Step {
        let due = obligations.obligations.first { owed in
            step.duties.contains(owed.duty.id) && owed.obligation.isOpen(on: day)
                && owed.obligation.status != .notYetDue
        }
        let done = registrations.first { note in
            guard let start = note.fact.valid?.start, start <= day else { return false }
            if let since, start < since { return false }
            return step.done.shows(note.fact)
        }
        return CourseProgress.Step(step: step, done: done, due: due)
    }
}

extension CourseMark {
    fileprivate func shows(_ fact: Fact) -> Bool {
        switch fact {
        case .caseAct(let act): acts.contains(act.kind)
        case .conversation(let talk):
            talk.status == .held
                && (conversations.contains(talk.kind) || acts.contains(talk.kind.act))
        case .caseRecord(let record): records.contains(record.record)
        case .effort(let effort): efforts.contains(effort.measure)
        case .planItem(let item):
            item.progress != .dropped
                && (planParts.contains(item.part) || acts.contains(.planMade))
        case .decision(let decision):
            decision.sent != nil
                && (decisions.contains(decision.kind)
                    || rules.contains(String(decision.rule.prefix { $0 != "@" })))
        case .partialReturn: isPartialReturn
        default: false
        }
    }
}

extension ConversationKind {
    fileprivate var act: ActKind {
        switch self {
        case .job, .integration: .conversation
        case .joint: .jointConversation
        case .sicknessFollowUp: .sicknessFollowUp
        }
    }
}
