import Chronology
import Exchange
import Identifiers
import Indicators
import Law
import Parameters
import Plans
import Registry
import Reporting
import Storage

/// Which quarter's management information, counted up to which day, as known when.
public struct PackRequest: Hashable, Sendable {
    public var quarter: Quarter
    /// The day up to which is counted: the quarter's last day or later.
    public var asOf: Day
    /// Nil for everything registered until now.
    public var knownAt: Day?
    /// Municipalities to stand beside, by choice (sammenligningsgruppe).
    public var peers: [MunicipalityCode]

    public init(
        _ quarter: Quarter, asOf: Day, knownAt: Day? = nil, peers: [MunicipalityCode] = []
    ) {
        self.peers = peers
        self.quarter = quarter
        self.asOf = asOf
        self.knownAt = knownAt
    }
}

/// Makes a quarter's management information (kvartalets ledelsesinformation) from what is
/// registered and published. O(registrations) the first time; kept until something changes.
public struct PackCase: Sendable {
    let house: House

    public init(_ house: House) { self.house = house }

    /// The pack; small counts are hidden from those who may not see them. Throws `Refusal`,
    /// and `FieldProblems` for a day inside the quarter.
    public func pack(
        _ request: PackRequest, of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Pack {
        try Policy.require(.readFigures, by: actor, in: municipality)
        if request.asOf < request.quarter.range.end {
            throw FieldProblems([
                .init("asof", "insideQuarter", ["day": request.quarter.range.end.danish])
            ])
        }
        let isOpen = Policy.refusal(of: .readSmallCounts, by: actor, in: municipality) == nil
        return try await house.packs.pack(
            PackShelf.Key(municipality: municipality, request: request, showsSmall: isOpen),
            PackShelf.Version(
                ledger: try await house.registers.ledgerNumber(of: municipality),
                published: try await house.publishedFigures.version())
        ) { try await build(request, municipality, showsSmall: isOpen, actor) }
    }

    private func build(
        _ request: PackRequest, _ municipality: MunicipalityCode, showsSmall: Bool, _ actor: Actor
    ) async throws -> Pack {
        let known = KnownIndicators(house.catalogue.all)
        let template = try PackTemplate.bundled(known: known)
        let regimes = try RegimeCalendar.bundled(known: known)
        let plan = house.plans.first {
            $0.municipality == municipality && $0.period.overlaps(request.quarter.range)
        }
        var status: PlanStatus?
        if let plan {
            status = try await PlanFollowUp(house).status(
                of: plan, asOf: request.quarter.range.end, knownAt: request.knownAt,
                countedOn: request.asOf, by: actor)
        }
        let written = try await written(request, municipality)
        let context = PackContext(
            house: house, request: request, municipality: municipality,
            register: try await house.registers.register(
                of: municipality, knownAt: request.knownAt),
            published: try await house.publishedFigures.table(knownAt: request.knownAt),
            ages: try await house.publishedFigures.ages(knownAt: request.knownAt), status: status,
            showsSmall: showsSmall, written: written, cap: try SpendingCap.bundled())
        var builder = try PackBuilder(context, template, regimes)
        return try builder.pack()
    }

    /// What people wrote and imported for the quarter.
    private func written(
        _ request: PackRequest, _ municipality: MunicipalityCode
    ) async throws -> PackWritten {
        try await house.engine.read { connection in
            let reader = StoreReader(connection)
            var written = PackWritten()
            try reader.facts(
                of: municipality, kinds: [.survey, .budgetLine, .spendingLine],
                knownAt: request.knownAt
            ) { fact in
                switch fact {
                case .survey(let survey): written.surveys.append(survey)
                case .budgetLine(let line): written.budget.append(line)
                case .spendingLine(let line): written.spending.append(line)
                default: break
                }
            }
            // What is written about figures of an earlier day is written after that day.
            written.notes = try reader.packNotes(of: municipality, request.quarter)
            written.registeredFrom = try LedgerAuditor(connection).firstDay(of: municipality)
            return written
        }
    }
}

/// What stands beside the figures.
struct PackWritten: Sendable {
    var surveys: [UserSurvey] = []
    var budget: [BudgetLine] = []
    var spending: [SpendingLine] = []
    var notes: [RegistrationNote] = []
    /// The first day that registrations cover; nil where there are none.
    var registeredFrom: Day?
}

/// Everything a pack is made from.
struct PackContext: Sendable {
    let house: House
    let request: PackRequest
    let municipality: MunicipalityCode
    let register: Register
    /// What is published, and how old it is, as it was known.
    let published: PublishedTable
    let ages: [StoredAge]
    let status: PlanStatus?
    let showsSmall: Bool
    let written: PackWritten
    let cap: SpendingCap

    var quarter: Period { .quarter(request.quarter) }
    var catalogue: Catalogue { house.catalogue }
    /// The municipality's name.
    var name: String {
        house.municipalities[municipality.number]?.name ?? municipality.description
    }

    /// True when the registrations go back to the period's first day.
    func covers(_ period: Period) -> Bool {
        guard let from = written.registeredFrom else { return false }
        return from <= period.range.start && period.range.start <= request.asOf
    }
}

/// Keeps the packs that were asked for until the municipality's ledger has grown, or published
/// figures have been read.
actor PackShelf {
    struct Key: Hashable {
        var municipality: MunicipalityCode
        var request: PackRequest
        var showsSmall: Bool
    }

    struct Version: Hashable {
        var ledger: Int64
        var published: Int64
    }

    private var kept: [Key: (version: Version, pack: Pack)] = [:]
    private var order: [Key] = []
    private let room = 16

    func pack(
        _ key: Key, _ version: Version, _ build: @Sendable () async throws -> Pack
    ) async throws -> Pack {
        if let found = kept[key], found.version == version { return found.pack }
        let pack = try await build()
        if kept.updateValue((version, pack), forKey: key) == nil { order.append(key) }
        if order.count > room { kept[order.removeFirst()] = nil }
        return pack
    }

    /// Forgets everything: published figures have changed.
    func forget() {
        kept = [:]
        order = []
    }
}
