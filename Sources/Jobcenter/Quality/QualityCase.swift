import Chronology
import Identifiers
import Law
import Registry
import Storage
import Surveys

/// Quality of casework (ledelsestilsyn): cases are drawn at random and reviewed with a checklist,
/// what is found leads to actions, and the next sample shows whether they helped.
public struct QualityCase: Sendable {
    let house: House

    /// More cases than this at once is a slip of the hand.
    public static let mostCases = 500
    /// A period of more days than this is drawn in two samples.
    public static let longestPeriod = 366
    static let longestTitle = 120

    public init(_ house: House) { self.house = house }

    public func book(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> QualityBook {
        try Policy.require(.manageQuality, by: actor, in: municipality)
        return try await house.quality.book(of: municipality)
    }

    /// What councils and groups said and what was changed, without names; for everybody.
    public func heard(in municipality: MunicipalityCode) async throws -> HeardVoices {
        let book = try await house.quality.book(of: municipality)
        return HeardVoices(
            groups: book.groups.filter { !$0.group.result.isEmpty },
            matters: book.matters.filter { $0.answered != nil })
    }

    public func checklists() async throws -> ChecklistCatalogue {
        try await house.law.checklists()
    }

    /// Draws a sample, and registers it with its cases. The look at them is logged. Throws
    /// `FieldProblems` for days that run backwards and a period in which there are no cases.
    /// O(facts of the kind).
    public func draw(
        _ new: NewAudit, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: { _ in .manageQuality })
        let today = house.clock.today()
        let list = try new.checked(try await checklists(), on: today)
        let frame = try await frame(list.kind, new.start, new.end, in: municipality)
        let teams = frame.mapValues { new.byTeam ? $0.team : "" }
        let draw = CaseDraw(frame: teams, wanted: new.wanted, seed: new.seed)
        if draw.drawn.isEmpty { throw FieldProblems([.init("start", "auditNobody")]) }
        let signature = actor.signature
        let result = try await house.writeCase(
            municipality, actor, purpose, asking: .manageQuality
        ) { writer in
            let (id, receipt, isNew) = try writer.addOnce(.caseAudit) { id in
                .caseAudit(
                    CaseAudit(
                        id: id, title: new.title, checklist: list.id, version: list.from,
                        start: new.start, end: new.end, wanted: new.wanted, seed: new.seed,
                        drawn: today, drawnBy: signature,
                        strata: AuditStrata(
                            draw.strata.map {
                                AuditStratum(team: $0.name, frame: $0.frame, drawn: $0.drawn)
                            })))
            }
            if isNew {
                for (place, matter) in draw.drawn.enumerated() {
                    guard let citizen = frame[matter]?.citizen else { continue }
                    _ = try writer.add(.auditedCase) {
                        .auditedCase(
                            AuditedCase(
                                id: $0, audit: id, number: place + 1, citizen: citizen,
                                kind: list.kind, matter: FactID(matter)))
                    }
                }
            }
            return (id, receipt)
        }
        let citizens = Set(draw.drawn.compactMap { frame[$0]?.citizen })
        _ = try await reading.log(citizens.sorted(), for: .audit, on: today)
        return result
    }

    /// A case that could be drawn.
    struct Drawable: Sendable {
        var citizen: CitizenID
        /// Of the caseworker on the day; empty for none.
        var team: String
    }

    private func frame(
        _ kind: AuditedKind, _ start: Day, _ end: Day, in municipality: MunicipalityCode
    ) async throws -> [Int64: Drawable] {
        try await house.engine.read { connection in
            let reader = StoreReader(connection)
            var found: [Int64: (citizen: CitizenID, day: Day)] = [:]
            try reader.facts(of: municipality, kinds: [kind.fact]) { fact in
                guard let (citizen, day) = kind.drawable(fact), start <= day, day <= end else {
                    return
                }
                found[fact.id.number] = (citizen, day)
            }
            let wanted = Set(found.values.map(\.citizen))
            var assigned: [CitizenID: [Assignment]] = [:]
            var teams: [FactID: String] = [:]
            try reader.facts(of: municipality, kinds: [.assignment, .staffMember]) { fact in
                switch fact {
                case .assignment(let one) where wanted.contains(one.citizen):
                    assigned[one.citizen, default: []].append(one)
                case .staffMember(let one): teams[one.id] = one.team
                default: break
                }
            }
            return found.mapValues { one in
                let owner = assigned[one.citizen]?.last { $0.holds(on: one.day) }
                return Drawable(
                    citizen: one.citizen, team: owner.flatMap { teams[$0.staff] } ?? "")
            }
        }
    }
}

extension AuditedKind {
    /// The kind of facts that it is drawn among.
    var fact: FactKind {
        switch self {
        case .decision: .decision
        case .conversation: .conversation
        case .sickness: .benefitSpell
        }
    }

    /// Sick leave is reviewed when it has lasted so many days (SDPL § 13 b).
    static let sickDays = 56

    /// Whom the fact is about and the day by which it is drawn; nil where it is not drawn.
    func drawable(_ fact: Fact) -> (CitizenID, Day)? {
        switch (self, fact) {
        case (.decision, .decision(let one)): (one.citizen, one.made)
        case (.conversation, .conversation(let talk)) where talk.status == .held:
            (talk.citizen, talk.day)
        case (.sickness, .benefitSpell(let spell)) where spell.benefit == .sicknessBenefit:
            spell.holds(on: spell.start + Self.sickDays)
                ? (spell.citizen, spell.start + Self.sickDays) : nil
        default: nil
        }
    }
}

/// A sample as it is asked for.
public struct NewAudit: Hashable, Sendable {
    public var title: String
    public var checklist: String
    public var start: Day
    public var end: Day
    public var wanted: Int
    public var seed: Int64
    /// Draw from each team in proportion.
    public var byTeam: Bool

    public init(
        title: String, checklist: String, start: Day, end: Day, wanted: Int, seed: Int64,
        byTeam: Bool
    ) {
        self.title = title
        self.checklist = checklist
        self.start = start
        self.end = end
        self.wanted = wanted
        self.seed = seed
        self.byTeam = byTeam
    }

    /// The version of the checklist that was used on the last day.
    fileprivate func checked(
        _ catalogue: ChecklistCatalogue, on today: Day
    ) throws(FieldProblems) -> Checklist {
        var problems = TextChecks()
        problems.check(title, "title", most: QualityCase.longestTitle)
        if end < start { problems.add("end", "endsBefore") }
        if end > today { problems.add("end", "actInFuture") }
        if end - start >= QualityCase.longestPeriod {
            problems.add("end", "auditTooLong", ["most": String(QualityCase.longestPeriod)])
        }
        if !(1...QualityCase.mostCases).contains(wanted) {
            problems.add(
                "wanted", "wholeNumber", ["from": "1", "to": String(QualityCase.mostCases)])
        }
        let list = catalogue.used(on: end).first { $0.id == checklist }
        if list == nil { problems.add("checklist", "choice") }
        try problems.end()
        guard let list else { throw FieldProblems([.init("checklist", "choice")]) }
        return list
    }
}

/// What everybody may read.
public struct HeardVoices: Sendable {
    public var groups: [FocusSummary]
    public var matters: [CouncilMatter]
}

extension CaseWriter {
    /// Registers a new fact, unless the very same stands already: a form that is sent twice is
    /// answered with the receipt of the first. O(facts of the kind).
    mutating func addOnce(
        _ kind: FactKind, _ fact: (FactID) -> Fact
    ) throws -> (FactID, Receipt, isNew: Bool) {
        var standing: FactID?
        try reader.facts(of: municipality, kinds: [kind]) { one in
            if one == fact(one.id) { standing = one.id }
        }
        if let standing,
            let note = try reader.registration(kind, standing, of: municipality)
        {
            return (standing, note.receipt(in: municipality), false)
        }
        let (id, receipt) = try add(kind, fact)
        return (id, receipt, true)
    }

    /// Registers a change, unless nothing changes. Throws `EditConflict` where another has
    /// changed it since the form was opened.
    mutating func change(_ fact: Fact, expected: Int64) throws -> Receipt {
        if let note = try reader.registration(fact.kind, fact.id, of: municipality),
            note.fact == fact
        {
            return note.receipt(in: municipality)
        }
        return try replace(fact, expected: expected)
    }
}
