import Chronology
import Jobcenter
import Registry
import Storage

extension CitizenFile {
    /// The kind of conversation the citizen's benefit and group call for.
    func usualConversation(on day: Day) -> ConversationKind {
        for registration in registrations {
            switch registration.fact {
            case .benefitSpell(let spell)
            where spell.benefit == .sicknessBenefit && spell.holds(on: day):
                return .sicknessFollowUp
            case .targetGroup(let period)
            where period.group == .integrationProgramme && period.holds(on: day):
                return .integration
            default: continue
            }
        }
        return .job
    }

    /// A conversation with what belongs to it.
    func meeting(_ id: FactID) -> (conversation: Conversation, note: ConversationNote?)? {
        var talk: Conversation?
        var note: ConversationNote?
        for registration in registrations {
            switch registration.fact {
            case .conversation(let fact) where fact.id == id: talk = fact
            case .conversationNote(let fact) where fact.id == id: note = fact
            default: continue
            }
        }
        return talk.map { ($0, note) }
    }

    /// The conversation planned for a day.
    func planned(on day: Day) -> Conversation? {
        for registration in registrations {
            if case .conversation(let talk) = registration.fact, talk.day == day,
                talk.status == .planned
            {
                return talk
            }
        }
        return nil
    }

    private var assignments: [Assignment] {
        registrations.compactMap {
            guard case .assignment(let assignment) = $0.fact else { return nil }
            return assignment
        }
    }

    /// Who has the citizen on a day.
    func caseworker(on day: Day) -> FactID? { assignment(on: day)?.staff }

    func assignment(on day: Day) -> Assignment? {
        assignments.current(on: day)
    }

    /// How many caseworkers the citizen has had.
    var caseworkers: Int { Set(assignments.map(\.staff)).count }

    /// The line of the plan with this number.
    func planLine(_ number: String?) -> (item: PlanItem, note: RegistrationNote)? {
        guard let number = number.flatMap({ Int64($0) }) else { return nil }
        for registration in registrations {
            if case .planItem(let item) = registration.fact, item.id.number == number {
                return (item, registration)
            }
        }
        return nil
    }

    /// A first goal where there is none, and agreements after that.
    var usualPart: PlanPart {
        let hasGoal = registrations.contains {
            if case .planItem(let item) = $0.fact { return item.part == .jobGoal }
            return false
        }
        return hasGoal ? .jobSearch : .jobGoal
    }
}
