import Chronology
import Identifiers
import Indicators
import Registry
import Reporting
import Storage

/// Drafts, approves and publishes a quarter's management information. What was drafted is
/// kept as it was; nothing that is registered later changes it.
public struct PackEditionCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The latest day at whose end everything is known: yesterday.
    public var lastClosedDay: Day { house.clock.today() - 1 }

    /// Every edition, the latest first; only published ones for those who draft none.
    public func editions(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [PackEdition] {
        try Policy.require(.readFigures, by: actor, in: municipality)
        let all = try await house.engine.read {
            try StoreReader($0).packEditions(of: municipality)
        }
        let mayDraft = Policy.refusal(of: .writePack, by: actor, in: municipality) == nil
        return all.compactMap { note in
            guard case .packEdition(let edition) = note.fact,
                mayDraft || edition.published != nil
            else { return nil }
            return edition
        }
    }

    /// Makes and keeps the pack as known at the end of a day that is over (nil: yesterday).
    /// Throws `FieldProblems` for a day that is not over or lies inside the quarter.
    public func draft(
        _ quarter: Quarter, knownAt: Day? = nil, of municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try Policy.require(.writePack, by: actor, in: municipality)
        let day = knownAt ?? lastClosedDay
        if day > lastClosedDay {
            throw FieldProblems([.init("known", "dayNotOver", ["day": lastClosedDay.danish])])
        }
        let request = PackRequest(quarter, asOf: day, knownAt: day)
        let packs = PackCase(house)
        let whole = try await packs.pack(request, of: municipality, by: actor)
        let open = try await packs.pack(request, of: municipality, by: .outsider(municipality))
        let contents = (whole: try whole.json(), open: try open.json())
        return try await house.writeCase(municipality, actor, purpose, asking: .writePack) {
            writer in
            let digest = try writer.keep(contents.whole)
            let publicDigest = try writer.keep(contents.open)
            let today = writer.today
            return try writer.add(.packEdition) { id in
                .packEdition(
                    PackEdition(
                        id: id, quarter: quarter, template: whole.template, asOf: day,
                        knownAt: day, digest: digest, publicDigest: publicDigest, drafted: today,
                        drafter: actor.name))
            }
        }
    }

    /// Throws `FieldProblems` for one's own draft and for one approved already.
    public func approve(
        _ id: FactID, of municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await change(id, municipality, actor, purpose) { edition, today in
            if edition.drafter == actor.name { throw FieldProblems([.init("act", "ownDraft")]) }
            if edition.approved != nil {
                throw FieldProblems([.init("act", "approvedAlready")])
            }
            edition.approved = today
            edition.approver = actor.name
        }
    }

    /// Lets everybody read it. Throws `FieldProblems` for one that is not approved, or is
    /// published already.
    public func publish(
        _ id: FactID, of municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await change(id, municipality, actor, purpose) { edition, today in
            if edition.approved == nil { throw FieldProblems([.init("act", "notApproved")]) }
            if edition.published != nil {
                throw FieldProblems([.init("act", "publishedAlready")])
            }
            edition.published = today
        }
    }

    private func change(
        _ id: FactID, _ municipality: MunicipalityCode, _ actor: Actor, _ purpose: Purpose,
        _ body: @escaping @Sendable (inout PackEdition, Day) throws -> Void
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .approvePack) { writer in
            guard
                case .packEdition(var edition)? = try writer.reader.registration(
                    .packEdition, id, of: municipality)?.fact
            else { throw FieldProblems([.init("act", "choice")]) }
            try body(&edition, writer.today)
            return try writer.set(.packEdition(edition))
        }
    }

    /// An edition with its content as it was drafted: with small counts for those who may see
    /// them. Nil where there is none, or none that the actor may read.
    public func edition(
        _ id: FactID, of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> (edition: PackEdition, pack: Pack)? {
        let found = try await editions(of: municipality, by: actor).first { $0.id == id }
        guard let edition = found else { return nil }
        let isOpen = Policy.refusal(of: .readSmallCounts, by: actor, in: municipality) == nil
        let content = try await house.engine.read {
            try StoreReader($0).fileContent(
                isOpen ? edition.digest : edition.publicDigest, of: municipality)
        }
        return try content.map { (edition, try Pack(json: $0)) }
    }

    // MARK: As known now

    /// What late registrations have moved since an edition was drafted: the numbers that are
    /// others now, in the order of the pack.
    public func moved(
        _ edition: PackEdition, _ then: Pack, of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> (now: Pack, moved: [MovedNumber]) {
        let now = try await PackCase(house).pack(
            PackRequest(edition.quarter, asOf: edition.asOf), of: municipality, by: actor)
        let newer = Dictionary(now.numbers.map { ($0.id, $0) }) { first, _ in first }
        var seen: Set<String> = []
        var moved: [MovedNumber] = []
        for number in then.numbers where seen.insert(number.id).inserted {
            let other = newer[number.id]
            if other?.value == number.value, other?.state == number.state { continue }
            moved.append(MovedNumber(then: number, now: other))
        }
        for number in now.numbers where seen.insert(number.id).inserted {
            moved.append(MovedNumber(then: nil, now: number))
        }
        return (now, moved)
    }

    /// The registrations that make the difference for one number: what each added then and
    /// what it adds now. The look-up is logged for the citizens among them.
    public func registrations(
        behind number: PackNumber, _ edition: PackEdition, of municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose?
    ) async throws -> MovedRegistrations? {
        guard let request = number.request(in: municipality, asOf: edition.asOf) else {
            return nil
        }
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let then = try await contributions(request, municipality, knownAt: edition.knownAt)
        let now = try await contributions(request, municipality, knownAt: nil)
        var lines: [MovedRegistrations.Line] = []
        for key in Set(then.keys).union(now.keys) {
            let (before, after) = (then[key], now[key])
            guard before?.numerator != after?.numerator || before?.denominator != after?.denominator
            else { continue }
            lines.append(
                MovedRegistrations.Line(
                    citizen: key.citizen, kind: key.kind, id: key.id,
                    then: before?.numerator ?? 0, now: after?.numerator ?? 0,
                    thenOf: before?.denominator ?? 0, nowOf: after?.denominator ?? 0))
        }
        lines.sort { ($0.citizen?.number ?? 0, $0.id) < ($1.citizen?.number ?? 0, $1.id) }
        let citizens = Set(lines.compactMap(\.citizen))
        let people = try await reading.citizens(citizens, for: .moved, on: house.clock.today())
        let sorted = lines
        let notes = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            return try sorted.map { try reader.registration($0.kind, $0.id, of: municipality) }
        }
        for index in lines.indices { lines[index].note = notes[index] }
        return MovedRegistrations(
            lookup: people.lookup, lines: lines,
            people: Dictionary(people.citizens.map { ($0.id, $0) }) { first, _ in first })
    }

    private struct Key: Hashable {
        var citizen: CitizenID?
        var kind: FactKind
        var id: FactID
    }

    private func contributions(
        _ request: FigureRequest, _ municipality: MunicipalityCode, knownAt: Day?
    ) async throws -> [Key: Contribution] {
        let register = try await house.registers.register(of: municipality, knownAt: knownAt)
        var found: [Key: Contribution] = [:]
        for entry in try register.contributions(request, limit: .max) {
            let key = Key(citizen: entry.citizen, kind: entry.kind, id: entry.id)
            if var sum = found[key] {
                sum.numerator += entry.numerator
                sum.denominator += entry.denominator
                found[key] = sum
            } else {
                found[key] = entry
            }
        }
        return found
    }
}

/// A number that is another now.
public struct MovedNumber: Hashable, Sendable {
    public var then: PackNumber?
    public var now: PackNumber?
    public var id: String { then?.id ?? now?.id ?? "" }
}

/// The registrations behind a number that has moved.
public struct MovedRegistrations: Sendable {
    /// The look-up's number in the log.
    public var lookup: Int64
    public var lines: [Line]
    public var people: [CitizenID: Citizen]

    public struct Line: Sendable {
        public var citizen: CitizenID?
        public var kind: FactKind
        public var id: FactID
        /// What it added to the numerator then and now, and to the denominator.
        public var then: Double
        public var now: Double
        public var thenOf: Double
        public var nowOf: Double
        /// The registration as it stands now; nil when it was withdrawn.
        public var note: RegistrationNote?
    }
}

extension PackNumber {
    /// The question to the register that the number answers; nil for one that was not computed
    /// from registrations.
    public func request(in municipality: MunicipalityCode, asOf: Day) -> FigureRequest? {
        guard case .register(let indicator, _, let pairs) = source, let period = Period(period)
        else { return nil }
        guard let filter = PackFilter.filter(pairs, in: municipality) else { return nil }
        return FigureRequest(
            IndicatorID(indicator), periods: [period], filter: filter, asOf: asOf)
    }
}
