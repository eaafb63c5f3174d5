import Chronology
import Law
import Registry
import Storage

/// Answers the questions of a checklist that the register can answer by itself.
struct CaseProbing {
    let matter: RegistrationNote?
    /// Everything that stands about the citizen.
    let notes: [RegistrationNote]
    let today: Day

    /// A next conversation is one within so many days.
    private static let nextTalk = 92

    /// Nil where the register cannot tell.
    func proposal(_ probe: ChecklistProbe) -> Proposal? {
        guard let matter else { return nil }
        switch matter.fact {
        case .decision(let decision): return of(decision, matter, probe)
        case .conversation(let talk): return of(talk, matter, probe)
        case .benefitSpell(let spell): return of(spell, matter, probe)
        default: return nil
        }
    }

    private func of(
        _ decision: Decision, _ note: RegistrationNote, _ probe: ChecklistProbe
    ) -> Proposal? {
        // A grant is in the citizen's favour; of others it is not known (FVL §§ 19, 22, 25).
        let isGrant = decision.kind == .grant
        func found(_ met: Bool, orNotRelevant: Bool = false) -> Proposal {
            Proposal(met ? .met : orNotRelevant ? .notRelevant : .notMet, [note])
        }
        switch probe {
        case .ruleNamed: return found(!decision.rule.isEmpty)
        case .factsWritten: return found(!decision.facts.isEmpty)
        case .reasonsWritten: return found(!decision.reasons.isEmpty, orNotRelevant: isGrant)
        case .partyHeard:
            return found(
                decision.heardOn.map { $0 <= decision.made } ?? false, orNotRelevant: isGrant)
        case .sentInWriting: return found(decision.sent != nil)
        default: return nil
        }
    }

    private func of(
        _ talk: Conversation, _ note: RegistrationNote, _ probe: ChecklistProbe
    ) -> Proposal? {
        switch probe {
        case .noteKept:
            let kept = notes.filter {
                guard case .conversationNote(let one) = $0.fact else { return false }
                return one.id == talk.id && !one.text.isEmpty
            }
            return kept.isEmpty ? Proposal(.notMet, [note]) : Proposal(.met, kept)
        case .planAgreed:
            let agreed = notes.filter {
                guard case .planItem(let item) = $0.fact, item.stance == .agreed else {
                    return false
                }
                return item.conversation == talk.id || item.stanceOn == talk.day
            }
            return agreed.isEmpty ? nil : Proposal(.met, agreed)
        case .nextAgreed:
            let next = notes.filter {
                guard case .conversation(let other) = $0.fact else { return false }
                return talk.day < other.day && other.day <= talk.day + Self.nextTalk
            }
            return next.isEmpty ? nil : Proposal(.met, next)
        default: return nil
        }
    }

    private func of(
        _ spell: BenefitSpell, _ note: RegistrationNote, _ probe: ChecklistProbe
    ) -> Proposal? {
        switch probe {
        case .talkWithinEightWeeks:
            let held = talks(spell.start, spell.start + AuditedKind.sickDays - 1)
            return held.isEmpty ? Proposal(.notMet, [note]) : Proposal(.met, held)
        case .fourTalksInHalfYear:
            let end = spell.start.adding(months: 6) - 1
            if today < end || spell.end.map({ $0 < end }) ?? false {
                return Proposal(.notRelevant, [note])
            }
            let held = talks(spell.start, end)
            return Proposal(held.count >= 4 ? .met : .notMet, held.isEmpty ? [note] : held)
        case .partialReturnTried:
            let tried = notes.filter {
                guard case .partialReturn(let one) = $0.fact else { return false }
                return spell.start <= one.start && one.start <= spell.end ?? .openEnd
            }
            return tried.isEmpty ? nil : Proposal(.met, tried)
        default: return nil
        }
    }

    /// Follow-ups that were held from one day to another.
    private func talks(_ first: Day, _ last: Day) -> [RegistrationNote] {
        notes.filter {
            guard case .conversation(let talk) = $0.fact else { return false }
            return talk.kind == .sicknessFollowUp && talk.status == .held && first <= talk.day
                && talk.day <= last
        }
    }
}
