import Chronology
import Identifiers
import Registry
import Storage

/// Job shops: the desk where anybody can walk in.
public struct ShopCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    public func book(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> ShopBook {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        return try await house.jobShops.book(of: municipality)
    }

    /// The visits of one day or month, with those who said who they were, who are entered in
    /// the look-up log. Nil where there is no such shop.
    public func file(
        of shop: FactID, from first: Day, to last: Day, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> ShopFile? {
        guard let summary = try await book(of: municipality, by: actor)[shop] else { return nil }
        var file = ShopFile(summary: summary)
        file.visits = summary.visits.filter { first <= $0.day && $0.day <= last }
        let own = Set(file.visits.compactMap(\.citizen))
        if !own.isEmpty {
            let reading = try LoggedReading(
                house, actor, of: municipality, purpose, asking: Request.readCandidates)
            let found = try await reading.citizens(own, for: .events, on: house.clock.today())
            for citizen in found.citizens { file.people[citizen.id] = citizen }
            file.lookup = found.lookup
        }
        file.orders = try await house.orders.book(of: municipality)
        file.registrations = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            return try reader.registrations(
                .jobShop, where: .id, is: shop.number, of: municipality)
                + reader.registrations(.shopVisit, where: .shop, is: shop.number, of: municipality)
        }
        return file
    }

    /// Registers a job shop, or corrects the one with its number. Throws `FieldProblems` for
    /// hours that run backwards.
    public func register(
        _ shop: JobShop, correcting number: FactID?, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            if shop.name.isEmpty { throw FieldProblems([.init("name", "empty")]) }
            if let end = shop.end, end < shop.start {
                throw FieldProblems([.init("end", "endsBefore")])
            }
            if let hours = shop.hours.first(where: { $0.closes <= $0.opens }) {
                throw FieldProblems([.init("closes-\(hours.weekday)", "timesTurned")])
            }
            return try writer.put(number, .jobShop) { id in
                var shop = shop
                shop.id = id
                return .jobShop(shop)
            }
        }
    }

    /// Registers who came and with what. With an order the citizen is referred to it in the
    /// same act: both stand, or neither. Throws `FieldProblems` where the shop was not there, a
    /// day is to come, nothing was chosen, or the citizen cannot be referred.
    public func register(
        _ visit: ShopVisit, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let standing = try writer.reader.registration(.jobShop, visit.shop, of: municipality)
            guard case .jobShop(let shop)? = standing?.fact else {
                throw FieldProblems([.init("shop", "choice")])
            }
            if visit.day > writer.today { throw FieldProblems([.init("day", "actInFuture")]) }
            if visit.day < shop.start || visit.day > shop.end ?? .openEnd {
                throw FieldProblems([.init("day", "shopClosed")])
            }
            var visit = visit
            if let citizen = visit.citizen {
                try writer.requireResident(citizen, on: visit.day, "person")
            }
            if let order = visit.order {
                guard let citizen = visit.citizen else {
                    throw FieldProblems([.init("person", "referNobody")])
                }
                do {
                    _ = try writer.refer(citizen, to: writer.summary(order))
                } catch let problems as FieldProblems {
                    // The form has a field for the order; the one for the citizen is `person`.
                    throw FieldProblems(
                        problems.all.map { FieldProblem("order", $0.key, $0.values) })
                }
                if !visit.topics.contains(.referral) { visit.topics.append(.referral) }
            }
            if visit.topics.isEmpty { throw FieldProblems([.init("topic-cv", "choice")]) }
            return try writer.add(.shopVisit) { id in
                var visit = visit
                visit.id = id
                return .shopVisit(visit)
            }.1
        }
    }
}

/// A job shop and who came in a while.
public struct ShopFile: Sendable {
    public var summary: ShopSummary
    public var visits: [ShopVisit] = []
    public var people: [CitizenID: Citizen] = [:]
    public var orders: OrderBook?
    public var lookup: Int64?
    public var registrations: [RegistrationNote] = []

    /// Visits whose referral led to a hire on that order.
    public var hired: Int {
        visits.count { visit in
            guard let order = visit.order.flatMap({ orders?[$0] }), let citizen = visit.citizen
            else { return false }
            return order.stand(of: citizen) == .hired
        }
    }
}
