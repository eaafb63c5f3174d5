import Chronology
import Identifiers
import Law
import Parameters
import Registry
import Storage

/// Decisions about a citizen that cannot be sent before they hold.
public struct DecisionCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The rules that a decision made today can rest on: what one can have, what is owed.
    public func rules(on day: Day) async throws -> [DecisionRule] {
        let book = try await house.law.statutes()
        let conditions = book.entitlements.entitlements.compactMap { entitlement in
            entitlement.version(on: day).map {
                DecisionRule(id: $0.id, name: entitlement.name, basis: $0.basis)
            }
        }
        let limits = book.limits.series.flatMap { series in
            series.entries.filter { $0.isInForce(on: day) }.map {
                DecisionRule(
                    id: "\(series.key)@\($0.validFrom.iso)", name: $0.text, basis: $0)
            }
        }
        return conditions + limits
    }

    /// The question that a decision's rule states, with what the case tells of it; nil where
    /// the rule is none or states no question.
    public func question(
        _ rule: String, from day: Day, about citizen: CitizenID,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> CaseQuestion? {
        try Policy.require(.registerFact, by: actor, in: municipality)
        let book = try await house.law.statutes().entitlements
        return try await house.engine.read {
            try DecisionCase.question(rule, day, citizen, StoreReader($0), municipality, book)
        }
    }

    private static func question(
        _ rule: String, _ day: Day, _ citizen: CitizenID, _ reader: StoreReader,
        _ municipality: MunicipalityCode, _ book: EntitlementBook
    ) throws -> CaseQuestion? {
        guard let entitlement = book[String(rule.prefix { $0 != "@" })],
            entitlement.version(on: day)?.id == rule
        else { return nil }
        let now = try reader.factsNow(of: citizen, in: municipality, on: day)
        return CaseQuestion(entitlement: entitlement, on: day, known: now.known(on: day))
    }

    /// What stands in the way of sending a decision.
    public func faults(
        _ decision: NewDecision, about citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> [DecisionFault] {
        try Policy.require(.registerFact, by: actor, in: municipality)
        let today = house.clock.today()
        let rules = try await rules(on: decision.from)
        let book = try await house.law.statutes().entitlements
        return try await house.engine.read { connection in
            try DecisionCase.draft(
                decision, citizen, StoreReader(connection), municipality, today, rules, book
            ).faults
        }
    }

    /// Registers a decision, sent today or waiting for it, in place of the waiting one numbered
    /// `waiting`. One with a fault is not sent: throws `DecisionFaults`, and nothing is
    /// stored. Throws `FieldProblems` where the waiting one was sent meanwhile.
    public func register(
        _ decision: NewDecision, isSent: Bool, replacing waiting: FactID? = nil,
        about citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        let rules = try await rules(on: decision.from)
        let book = try await house.law.statutes().entitlements
        return try await house.writeCase(municipality, actor, purpose) { writer in
            let today = writer.today
            if isSent {
                let faults = try DecisionCase.draft(
                    decision, citizen, writer.reader, municipality, today, rules, book
                ).faults
                if !faults.isEmpty { throw DecisionFaults(all: faults) }
            }
            if let waiting {
                guard
                    case .decision(let before)? = try writer.reader.registration(
                        .decision, waiting, of: municipality)?.fact, before.citizen == citizen,
                    before.sent == nil
                else { throw FieldProblems([.init("subject", "decisionSent")]) }
            }
            return try writer.put(waiting, .decision) { id in
                .decision(
                    Decision(
                        id: id, citizen: citizen, kind: decision.kind,
                        subject: decision.subject, rule: decision.rule, facts: decision.facts,
                        reasons: decision.reasons, heardOn: decision.heardOn,
                        answer: decision.answer, from: decision.from, made: today,
                        sent: isSent ? today : nil))
            }.1
        }
    }

    private static func draft(
        _ decision: NewDecision, _ citizen: CitizenID, _ reader: StoreReader,
        _ municipality: MunicipalityCode, _ today: Day, _ rules: [DecisionRule],
        _ book: EntitlementBook
    ) throws -> DecisionDraft {
        var days: Set<Day> = []
        for note in try reader.registrations(about: citizen, of: municipality) {
            days.insert(note.recordedOn)
            if let valid = note.fact.valid {
                days.formUnion([valid.start, valid.end ?? valid.start])
            }
        }
        let conditions = try DecisionCase.question(
            decision.rule, decision.from, citizen, reader, municipality, book
        )?.conditions(decision.told)
        return DecisionDraft(
            kind: decision.kind, subject: decision.subject,
            rule: rules.first { $0.id == decision.rule }?.basis, facts: decision.facts,
            reasons: decision.reasons, heardOn: decision.heardOn, answer: decision.answer,
            from: decision.from, made: today, caseDays: days, conditions: conditions)
    }
}

/// A decision as it is told.
public struct NewDecision: Hashable, Sendable {
    public var kind: DecisionKind
    public var subject = ""
    public var rule = ""
    public var facts = ""
    public var reasons = ""
    public var heardOn: Day?
    public var answer = ""
    public var from: Day
    /// What was answered to the question that the rule states, by the facts' ids.
    public var told: [String: FactValue] = [:]

    public init(_ kind: DecisionKind, from: Day) {
        self.kind = kind
        self.from = from
    }
}

/// Something a decision can rest on.
public struct DecisionRule: Hashable, Sendable {
    /// The version's: `adult-apprentice@2020-01-01`.
    public var id: String
    public var name: Localized
    public var basis: LegalBasis
}

/// Why a decision was not sent. Nothing was stored.
public struct DecisionFaults: Error, Hashable, Sendable {
    public var all: [DecisionFault]
}
