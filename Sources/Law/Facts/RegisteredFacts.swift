import Chronology
import Registry

/// Gathers registered facts, in any order, into what the law asks about each citizen.
public struct RegisteredFacts: Sendable {
    private var citizens: [CitizenID: CitizenFacts] = [:]
    private var complaints: [FactID: Complaint] = [:]
    /// Complaints that are about no decision: nothing is reassessed.
    private var withoutDecision: Set<FactID> = []

    /// The kinds of facts that are asked about, citizens themselves aside.
    public static let kinds: [FactKind] = [
        .education, .benefitSpell, .targetGroup, .matchCategory, .exemption, .offer, .employment,
        .conversation, .caseAct, .planItem, .complaint, .complaintStep, .decision,
        .caseRecord,
    ]

    /// Records that put a citizen in a state of the law: who is exempt from the 75 % rules, by
    /// whom and why is the record itself.
    static let states: [String: LawState] = [
        "conversation-exemption": .conversationsExempt, "offer-exemption": .offersExempt,
    ]

    /// Acts that there are registrations of.
    private static let acts: Set<ActKind> = [
        .conversation, .jointConversation, .sicknessFollowUp, .complaintReassessed,
    ]

    /// Whether registrations can say that a duty was done. Where they cannot, an
    /// obligation that seems open may have been met long ago.
    public static func canTell(_ rule: Rule) -> Bool {
        switch rule.asks {
        case .offer: true
        case .acts(let kinds): !kinds.isDisjoint(with: acts)
        }
    }

    public init() {}

    /// A citizen by what the law asks; facts about others are left out.
    public mutating func add(_ citizen: CitizenID, born: Day, permitFrom: Day?) {
        var facts = CitizenFacts(id: String(citizen.number), born: born)
        facts.permitFrom = permitFrom
        citizens[citizen] = facts
    }

    /// The citizens in the order of their numbers.
    public func add(to builder: inout CaseloadBuilder) {
        for facts in all { builder.add(facts) }
    }

    /// The citizens in the order of their numbers.
    public var all: [CitizenFacts] {
        var told = self
        for complaint in complaints.values.sorted(by: { $0.id < $1.id })
        where !withoutDecision.contains(complaint.id) {
            told.change(complaint.citizen) {
                $0.acts.append(FactDay(.complaintReceived, complaint.received))
                if let decided = complaint.decided {
                    $0.acts.append(FactDay(.complaintReassessed, decided))
                }
            }
        }
        return told.citizens.sorted { $0.key < $1.key }.map(\.value)
    }

    public mutating func add(_ fact: Fact) {
        switch fact {
        case .education(let row):
            guard row.level.isQualifying else { return }
            change(row.citizen) {
                $0.qualifiedFrom = min($0.qualifiedFrom ?? row.start, row.start)
            }
        case .benefitSpell(let row):
            change(row.citizen) {
                $0.benefits.append(
                    FactSpan(row.benefit, row.start, row.end, minutes: row.degree.minutes))
                // Sick leave has no registration of its own yet; it begins with the benefit.
                if row.benefit == .sicknessBenefit {
                    $0.states.append(FactSpan(.sickLeave, row.start, row.end))
                }
            }
        case .targetGroup(let row):
            change(row.citizen) { $0.groups.append(FactSpan(row.group, row.start, row.end)) }
        case .matchCategory(let row):
            change(row.citizen) {
                $0.categories.append(FactSpan(row.category, row.start, row.end))
            }
        case .exemption(let row):
            change(row.citizen) {
                $0.states.append(FactSpan(LawState(row.reason), row.start, row.end))
            }
        case .offer(let row):
            change(row.citizen) { $0.offers.append(FactSpan(row.kind, row.start, row.end)) }
        case .employment(let row):
            change(row.citizen) { $0.employments.append(FactSpan(row.kind, row.start, row.end)) }
        case .conversation(let row):
            guard row.status == .held else { return }
            change(row.citizen) { $0.acts.append(FactDay(ActKind(row.kind), row.day)) }
        case .planItem(let row):
            change(row.citizen) { $0.acts.append(FactDay(.planMade, row.added)) }
        case .decision(let row):
            guard let sent = row.sent else { return }
            change(row.citizen) {
                $0.acts.append(FactDay(.decisionNotified, sent))
                let rule = String(row.rule.prefix { $0 != "@" })
                if let act = RegisteredFacts.decisions[rule] {
                    $0.acts.append(FactDay(act, sent))
                }
                if row.kind == .sanction { $0.acts.append(FactDay(.sanctionDecision, sent)) }
            }
        case .complaint(let row):
            complaints[row.id] = row
        case .complaintStep(let row):
            if let subject = row.subject, subject != .decision {
                withoutDecision.insert(row.complaint)
            }
            // A reassessment that keeps to the decision ends the duty, though not the complaint.
            if row.kind == .reassessed {
                change(row.citizen) { $0.acts.append(FactDay(.complaintReassessed, row.day)) }
            }
        case .caseRecord(let row):
            guard let state = RegisteredFacts.states[row.record] else { return }
            change(row.citizen) { $0.states.append(FactSpan(state, row.start, row.end)) }
        case .caseAct(let row):
            change(row.citizen) { $0.acts.append(FactDay(row.kind, row.day)) }
        default: break
        }
    }

    /// What a decision that was sent does besides, by the question of the law it rests on:
    /// whether sickness benefit goes on is the revaluation.
    static let decisions: [String: ActKind] = [
        "sickness-extension": .sicknessRevaluation, "job-clarification": .programmeDecision,
        "resource-programme": .programmeDecision,
    ]

    private mutating func change(_ citizen: CitizenID, _ body: (inout CitizenFacts) -> Void) {
        guard citizens[citizen] != nil else { return }
        body(&citizens[citizen, default: CitizenFacts(id: "", born: .openEnd)])
    }
}

extension LawState {
    fileprivate init(_ reason: ExemptionReason) {
        switch reason {
        case .illness: self = .illness
        case .holiday: self = .holiday
        case .leave: self = .leave
        case .soonInWork: self = .soonInWork
        }
    }
}

extension ActKind {
    fileprivate init(_ kind: ConversationKind) {
        switch kind {
        case .job, .integration: self = .conversation
        case .joint: self = .jointConversation
        case .sicknessFollowUp: self = .sicknessFollowUp
        }
    }
}
