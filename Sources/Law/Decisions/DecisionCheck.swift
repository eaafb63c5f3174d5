import Chronology
import Parameters
import Registry

/// A decision before it is sent, with what it has to agree with.
public struct DecisionDraft: Hashable, Sendable {
    public var kind: DecisionKind
    public var subject: String
    /// The rule it rests on; nil where none is chosen.
    public var rule: LegalBasis?
    public var facts: String
    public var reasons: String
    /// When the citizen was told what it would rest on (partshøring).
    public var heardOn: Day?
    /// The citizen's answer; empty for none.
    public var answer: String
    public var from: Day
    public var made: Day
    /// The days on which something is registered in the case.
    public var caseDays: Set<Day>
    /// What the rule's conditions come to; nil where the rule states none or is not sure.
    public var conditions: Conditions?

    public enum Conditions: Hashable, Sendable { case met, notMet, unanswered }

    public init(
        kind: DecisionKind, subject: String, rule: LegalBasis?, facts: String, reasons: String,
        heardOn: Day?, answer: String, from: Day, made: Day, caseDays: Set<Day>,
        conditions: Conditions? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.rule = rule
        self.facts = facts
        self.reasons = reasons
        self.heardOn = heardOn
        self.answer = answer
        self.from = from
        self.made = made
        self.caseDays = caseDays
        self.conditions = conditions
    }

    /// Grants are in the citizen's favour; nothing else is sure to be (FVL §§ 19, 22, 25).
    public var isInFavour: Bool { kind == .grant }
}

/// Something without which a decision cannot be sent.
public enum DecisionFault: String, CaseIterable, Hashable, Sendable {
    /// Nothing says what it is about.
    case noSubject
    /// No rule, or one that was not in force on the first day of effect.
    case noRule, ruleNotInForce
    /// It grants or sanctions, and the rule's conditions say no; it refuses, and they say yes;
    /// or nobody has answered them.
    case conditionsSayNo, conditionsSayYes, conditionsUnanswered
    case noFacts
    /// The facts name no day on which something is registered in the case (RSL § 10).
    case factsNotOfCase
    /// A day is told that the case knows nothing of.
    case unknownDay
    case noReasons
    /// The reasons say the facts or the rule over again and weigh nothing (FVL § 24).
    case reasonsRepeat
    /// The reasons have nothing to do with what the facts tell.
    case reasonsApart
    /// The citizen was not heard, or had no week to answer (FVL § 19).
    case notHeard, hearingTooShort
    /// It was heard after it was made.
    case heardAfterwards
    /// A burden that begins before the day it is made.
    case beginsBefore
    /// The citizen answered, and the reasons do not meet it.
    case answerNotMet
    /// Something was left to be filled in.
    case unfinished
    /// So hard that it would not be understood (LIX above 55).
    case tooHard
}

extension DecisionDraft {
    /// Days a citizen has to answer where nothing else is agreed: our choice, since the act
    /// sets none.
    public static let hearingDays = 7
    /// The hardest text that can be sent.
    public static let hardest = 55

    /// Everything that stands in the way of sending it, in the order of the form.
    public var faults: [DecisionFault] {
        var found: [DecisionFault] = []
        if words(subject).count < 1 { found.append(.noSubject) }
        if let rule {
            if !rule.isInForce(on: from) { found.append(.ruleNotInForce) }
        } else {
            found.append(.noRule)
        }
        switch (kind, conditions) {
        case (.stop, _): break
        case (_, .unanswered): found.append(.conditionsUnanswered)
        case (.grant, .notMet), (.sanction, .notMet): found.append(.conditionsSayNo)
        case (.refuse, .met): found.append(.conditionsSayYes)
        default: break
        }
        found += factFaults
        found += reasonFaults
        if !isInFavour { found += hearingFaults }
        if !isInFavour, from < made { found.append(.beginsBefore) }
        if [subject, facts, reasons].contains(where: isUnfinished) { found.append(.unfinished) }
        // Each by itself: what is easy would hide what is hard.
        if [facts, reasons].contains(where: { Readability($0).lix > DecisionDraft.hardest }) {
            found.append(.tooHard)
        }
        return found
    }

    private var factFaults: [DecisionFault] {
        if words(facts).count < 5 { return [.noFacts] }
        let days = DecisionDraft.days(in: facts)
        var found: [DecisionFault] = []
        if days.isDisjoint(with: caseDays) { found.append(.factsNotOfCase) }
        let known = caseDays.union([from, made] + (heardOn.map { [$0] } ?? []))
        if !DecisionDraft.days(in: facts + " " + reasons).isSubset(of: known), !days.isEmpty {
            found.append(.unknownDay)
        }
        return found
    }

    private var reasonFaults: [DecisionFault] {
        let said = words(reasons)
        // One granted in full needs no reasons (FVL § 22).
        if said.count < 8 { return isInFavour ? [] : [.noReasons] }
        if isInFavour { return [] }
        let told = Set(words(facts))
        let law = Set(words(rule?.text.da ?? ""))
        let own = Set(said)
        func share(_ other: Set<String>) -> Double {
            Double(own.intersection(other).count) / Double(max(1, own.count))
        }
        if share(told) > 0.9 || share(law) > 0.9 { return [.reasonsRepeat] }
        let weighty = { (all: Set<String>) in all.filter { $0.count > 4 } }
        let common = weighty(own).intersection(weighty(told))
        let days = DecisionDraft.days(in: reasons).intersection(DecisionDraft.days(in: facts))
        return common.isEmpty && days.isEmpty ? [.reasonsApart] : []
    }

    private var hearingFaults: [DecisionFault] {
        guard let heardOn else { return [.notHeard] }
        if heardOn > made { return [.heardAfterwards] }
        let answer = Set(words(self.answer).filter { $0.count > 4 })
        if answer.isEmpty {
            return made - heardOn < DecisionDraft.hearingDays ? [.hearingTooShort] : []
        }
        return answer.isDisjoint(with: words(reasons)) ? [.answerNotMet] : []
    }

    private func isUnfinished(_ text: String) -> Bool {
        ["[", "]", "…", "...", "xx", "___", "??", "todo"].contains {
            text.lowercased().contains($0)
        }
    }

    private func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The days written as `14.03.2024` or `14. marts 2024`.
    static func days(in text: String) -> Set<Day> {
        var found: Set<Day> = []
        let tokens = text.split { $0.isWhitespace || ",;()".contains($0) }.map(String.init)
        for (index, token) in tokens.enumerated() {
            let bare =
                token.hasSuffix(".") ? String(token.dropLast()) : token
            if let day = Day(danish: bare) { found.insert(day) }
            guard index + 2 < tokens.count, let number = Int(bare),
                let month = DecisionDraft.months.firstIndex(of: tokens[index + 1].lowercased()),
                let year = Int(tokens[index + 2].prefix { $0.isNumber }),
                let day = Day(year: year, month: month + 1, day: number)
            else { continue }
            found.insert(day)
        }
        return found
    }

    private static let months = [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
        "oktober", "november", "december",
    ]
}
