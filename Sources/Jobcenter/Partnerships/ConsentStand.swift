import Chronology
import Exchange
import Identifiers
import Registry
import Storage

/// How it stands between a citizen and a partnership: the consent, and where the card is.
public struct ConsentStand: Hashable, Sendable {
    public var partnership: Partnership
    /// The other members today.
    public var others: [String]
    /// The latest; nil where none was ever given.
    public var consent: PoolConsent?
    /// Members of this database, the own one among them, that have the card.
    public var held: [String] = []
    /// Members where nothing is left of a withdrawn card: of this database, and elsewhere those
    /// who have said that they have the entry that withdraws it.
    public var erased: [String] = []
    /// Members elsewhere, who forget a withdrawn card when they read the feed.
    public var elsewhere: [String] = []

    /// Orders that the standing card was offered to.
    public var offers: [Offered] = []

    /// An order that the card was offered to.
    public struct Offered: Hashable, Sendable {
        public var owner: String
        public var order: Int64
        public var title: String
        public var isHired: Bool
    }

    public var stands: Bool { consent.map { $0.withdrawn == nil } ?? false }
}

extension PartnershipCase {
    /// A citizen's consents, one line for each partnership. What the other members of the same
    /// database have is looked at by the program itself; nothing but whether the card is there
    /// comes of it. O(entries × members).
    public func stands(
        of citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose?
    ) async throws -> [ConsentStand] {
        try Policy.require(.readPeople(purpose), by: actor, in: municipality)
        let today = house.clock.today()
        let codes = try await agreements(of: municipality, by: actor).map(\.partnership.code)
        var taken: [String: [String: Int64]] = [:]
        for code in codes {
            taken[code] = await house.poolLinks.taken(of: code, in: municipality)
        }
        let told = taken
        return try await house.engine.read { connection in
            let given = try StoreReader(connection).registrations(
                about: citizen, of: municipality, kinds: [.poolConsent]
            ).compactMap { note in
                if case .poolConsent(let consent) = note.fact { consent } else { nil }
            }
            return try PoolReading.agreements(connection, municipality).map { agreement in
                let own = municipality.description
                let partnership = agreement.partnership
                let names = agreement.members.filter { $0.holds(on: today) }.map(\.member)
                var stand = ConsentStand(
                    partnership: partnership, others: names.filter { $0 != own })
                stand.consent = given.filter { $0.partnership == partnership.id }
                    .max { $0.id < $1.id }
                guard let card = stand.consent?.card else { return stand }
                let tenants = try PoolStore.tenants(connection, of: partnership.code)
                for tenant in tenants where names.contains(tenant.description) {
                    let has = try PoolStore(connection, tenant, partnership: partnership.code)
                        .all().contains {
                            $0.member == own && $0.subject == card && $0.payload != nil
                                && $0.kind == PoolEntryKind.cardShared.rawValue
                        }
                    if has {
                        stand.held.append(tenant.description)
                    } else {
                        stand.erased.append(tenant.description)
                    }
                }
                let book = try PoolReading(connection, municipality, partnership.code).book
                stand.offers = try Self.offers(of: card, by: own, PoolState(book))
                let here = Set(stand.held + stand.erased)
                let last = book.feeds[own]?.last {
                    $0.header.kind == .cardWithdrawn && $0.header.subject == card
                }?.header.number
                for name in names where !here.contains(name) {
                    if let last, told[partnership.code]?[name] ?? 0 >= last {
                        stand.erased.append(name)
                    } else {
                        stand.elsewhere.append(name)
                    }
                }
                return stand
            }
        }
    }

    private static func offers(
        of card: Int64, by member: String, _ state: PoolState
    ) -> [ConsentStand.Offered] {
        state.offers.filter { $0.member == member && $0.card == card }.map { offer in
            let order = state.orders.first {
                $0.owner == offer.owner && $0.number == offer.order
            }
            return ConsentStand.Offered(
                owner: offer.owner, order: offer.order, title: order?.told.title ?? "",
                isHired: offer.isHired)
        }
    }
}
