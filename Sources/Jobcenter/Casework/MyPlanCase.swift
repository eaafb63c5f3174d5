import Chronology
import Identifiers
import Registry
import Storage

/// The citizen's plan (Min Plan): lines that are proposed, agreed or disputed.
public struct MyPlanCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The plan as it stands, and every earlier version of its lines.
    public func plan(
        of citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose?
    ) async throws -> MyPlanFile? {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let found = try await reading.citizens([citizen], for: .file, on: house.clock.today())
        guard let person = found.citizens.first else { return nil }
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            let standing = try reader.registrations(
                about: citizen, of: municipality, kinds: [.planItem, .offer, .effort])
            return MyPlanFile(
                citizen: person, lookup: found.lookup,
                lines: standing.compactMap { MyPlanFile.Line($0) }.reversed(),
                versions: try reader.versions(of: .planItem, about: citizen, in: municipality),
                firstEffort: standing.compactMap { $0.fact.effortStart }.min())
        }
    }

    /// Adds a line. One that both are said to agree on is agreed today.
    public func add(
        _ part: PlanPart, _ text: String, by author: PlanParty, stance: PlanStance, due: Day?,
        to citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose, asking request: Request = .registerFact
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: request) { writer in
            let today = writer.today
            try MyPlanCase.check(text, due, today)
            return try writer.add(.planItem) { id in
                .planItem(
                    PlanItem(
                        id: id, citizen: citizen, part: part, text: text, author: author,
                        stance: stance, stanceBy: stance == .proposed ? author : author.other,
                        stanceOn: today, added: today, due: due))
            }.1
        }
    }

    /// Changes a line that was registered as number `expected` when the form was opened.
    /// Throws `EditConflict` where somebody else has changed it since.
    public func change(
        _ id: FactID, of citizen: CitizenID, expected: Int64, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose, _ body: @escaping @Sendable (inout PlanItem) -> Void
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            let before = try writer.planItem(id, of: citizen, field: "text")
            var item = before
            body(&item)
            try MyPlanCase.check(item.text, item.due == before.due ? nil : item.due, writer.today)
            if item.stance != before.stance || item.text != before.text {
                item.stanceOn = writer.today
                item.stanceBy = item.stance == .proposed ? item.author : item.author.other
            }
            return try writer.replace(.planItem(item), expected: expected)
        }
    }

    private static func check(
        _ text: String, _ due: Day?, _ today: Day
    ) throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if text.isEmpty { problems.append(.init("text", "empty")) }
        if let long = FieldProblem.tooLong("text", text) { problems.append(long) }
        if let due, due < today { problems.append(.init("due", "inPast")) }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }
}

extension CaseWriter {
    /// A line of the citizen's plan. Throws the problem of `field` where there is none such.
    func planItem(
        _ id: FactID, of citizen: CitizenID, field: String
    ) throws -> PlanItem {
        guard
            case .planItem(let item)? = try reader.registration(
                .planItem, id, of: municipality)?.fact, item.citizen == citizen
        else { throw FieldProblems([.init(field, "gone")]) }
        return item
    }
}

extension PlanParty {
    var other: PlanParty { self == .citizen ? .caseworker : .citizen }
}

extension Fact {
    /// The first day of what needs a plan before it.
    fileprivate var effortStart: Day? {
        switch self {
        case .offer(let offer): offer.start
        case .effort(let effort): effort.start
        default: nil
        }
    }
}

/// A citizen's plan.
public struct MyPlanFile: Sendable {
    public var citizen: Citizen
    public var lookup: Int64
    /// In the order they were added.
    public var lines: [Line]
    /// Every version there has been of the lines, the latest first.
    public var versions: [RegistrationNote]
    /// The first day of the first offer or effort; nil for none.
    public var firstEffort: Day?

    public struct Line: Hashable, Sendable {
        public var item: PlanItem
        public var note: RegistrationNote

        init?(_ note: RegistrationNote) {
            guard case .planItem(let item) = note.fact else { return nil }
            self.item = item
            self.note = note
        }
    }

    /// The day the plan began; nil where there is none.
    public var begun: Day? { versions.map(\.recordedOn).min() }
}
