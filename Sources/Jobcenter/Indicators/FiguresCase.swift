import Chronology
import Identifiers
import Indicators
import Registry
import Storage

/// Answers questions about figures and opens them to the people behind.
public struct FiguresCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The cells of a request on the municipality's register as known at a day.
    /// Those who may not see small counts get them hidden.
    public func figures(
        _ request: FigureRequest, of municipality: MunicipalityCode, knownAt: Day? = nil,
        by actor: Actor
    ) async throws -> [ShownCell] {
        try Policy.require(.readFigures, by: actor, in: municipality)
        let register = try await house.registers.register(of: municipality, knownAt: knownAt)
        let cells = try register.figures(request)
        if Policy.refusal(of: .readSmallCounts, by: actor, in: municipality) == nil {
            return cells.map {
                ShownCell(labels: $0.labels, period: $0.period, shown: .value($0.figure))
            }
        }
        let unit = house.catalogue.definition(request.indicator)?.unit ?? .persons
        return house.suppression.shown(cells, unit: unit)
    }

    /// The persons behind a figure with the registrations that count, in the
    /// order of their numbers, `count` of them after the first `from`. Each one
    /// shown is entered in the look-up log before the answer leaves.
    ///
    /// Throws `Refusal`, and `IndicatorError` for a figure that is none.
    public func people(
        behind request: FigureRequest, of municipality: MunicipalityCode, knownAt: Day? = nil,
        from: Int, count: Int, by actor: Actor, purpose: Purpose?
    ) async throws -> PeopleBehindFigure {
        try Policy.require(.readPeople(purpose), by: actor, in: municipality)
        guard let purpose else { throw Refusal.purposeMissing }
        let register = try await house.registers.register(of: municipality, knownAt: knownAt)
        let cells = try register.figures(request)
        let contributions = try register.contributions(request, limit: .max)
        let byCitizen = Dictionary(grouping: contributions) { $0.citizen }
        let all = byCitizen.keys.compactMap { $0 }.sorted()
        let shown = Array(all.dropFirst(from).prefix(count))
        let others = (byCitizen[nil] ?? []).dropFirst(from).prefix(count)
        let stamp = house.stamp(actor, purpose.text)
        let periods = request.periods.map(\.description).joined(separator: ",")
        let subject = "\(request.indicator) \(periods)"
        return try await house.engine.write { connection in
            let reader = StoreReader(connection)
            func noted(_ contribution: Contribution) throws -> ContributionWithNote {
                ContributionWithNote(
                    contribution,
                    try reader.registration(contribution.kind, contribution.id, of: municipality))
            }
            let citizens = try reader.citizens(of: municipality, shown)
            let lookup = try LookupLog(connection, municipality).append(
                citizens.map(\.id), subject: subject, stamp)
            return PeopleBehindFigure(
                lookup: lookup, figures: cells.map(\.figure), total: all.count,
                people: try citizens.map { citizen in
                    PersonBehindFigure(
                        citizen: citizen,
                        contributions: try (byCitizen[citizen.id] ?? []).map(noted))
                }, others: try others.map(noted))
        }
    }
}

/// A figure opened to what it is made of.
public struct PeopleBehindFigure: Sendable {
    /// The look-up's number in the log.
    public var lookup: Int64
    public var figures: [Figure]
    /// All persons, whether in this portion or not.
    public var total: Int
    public var people: [PersonBehindFigure]
    /// Contributions that are about no citizen, such as orders and contacts.
    public var others: [ContributionWithNote]
}

public struct PersonBehindFigure: Sendable {
    public var citizen: Citizen
    public var contributions: [ContributionWithNote]
}

/// What one registration adds to a figure, and what the ledger says of it.
public struct ContributionWithNote: Sendable {
    public var contribution: Contribution
    /// The fact as it stands now; nil when it was withdrawn after the day asked
    /// about.
    public var fact: Fact?
    /// The number and hash of its registration, and its day.
    public var receipt: Receipt?

    public struct Receipt: Hashable, Sendable {
        public var number: Int64
        public var hash: String
        public var recordedOn: Day
    }

    init(_ contribution: Contribution, _ note: RegistrationNote?) {
        self.contribution = contribution
        fact = note?.fact
        receipt = note.map {
            Receipt(number: $0.number, hash: $0.hash, recordedOn: $0.recordedOn)
        }
    }
}
