import Chronology
import Exchange
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Law
import Matching
import Parameters
import Registry
import Storage
import Synchronization
import Testing

@Suite("Orders and cards shared with other municipalities")
struct PoolCaseTests {
    static let today = Day(iso: "2024-09-16")!
    static let code = "nrs"
    static let nine: [Int32] = [163, 219, 201, 210, 217, 223, 230, 240, 250]
    let purpose = Purpose("Formidling")!
    let ane = CitizenID(1)

    /// The same bytes for the same seed.
    static func chance(_ seed: UInt64) -> Chance {
        final class Dice: Sendable {
            let state: Mutex<UInt64>
            init(_ seed: UInt64) { state = Mutex(seed) }
            func next() -> UInt8 {
                state.withLock {
                    $0 = $0 &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: $0 >> 33)
                }
            }
        }
        let dice = Dice(seed)
        return Chance { count in (0..<count).map { _ in dice.next() } }
    }

    /// A municipality with its key.
    struct Place {
        let house: House
        let code: MunicipalityCode
        let signer: PoolSigner
        let chance: Chance

        var pool: PoolCase { PoolCase(house, chance: chance) }
        var partnerships: PartnershipCase { PartnershipCase(house, chance: chance) }
        var ida: Actor { Actor(name: "Ida", role: .companyConsultant, municipality: code) }
        var system: Actor { Actor(name: "s", role: .system, municipality: code) }
        var name: String { code.description }
    }

    func house(_ engine: any StorageEngine, on day: Day = Self.today) throws -> House {
        House(
            engine: engine, clock: .stopped(at: day), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
    }

    /// Municipalities with the agreement registered, each in a database of its own or all in
    /// one.
    func places(
        _ codes: [Int32], together: Bool = false, fields: [PoolField] = PoolField.allCases
    ) async throws -> [Place] {
        let shared = together ? try await UseCaseEngine.migrated() : nil
        var places: [Place] = []
        for code in codes {
            let chance = Self.chance(UInt64(code))
            let engine: any StorageEngine
            if let shared { engine = shared } else { engine = try await UseCaseEngine.migrated() }
            places.append(
                Place(
                    house: try house(engine), code: MunicipalityCode(number: code),
                    signer: PoolSigner(
                        member: MunicipalityCode(number: code).description, chance: chance),
                    chance: chance))
        }
        let agreement = PoolAgreement(
            partnership: Partnership(
                id: FactID(0), code: Self.code, name: "Nordsjælland", fields: fields,
                decides: "Styregruppen", start: Self.today - 30),
            members: try places.map { place in
                PartnershipMember(
                    id: FactID(0), partnership: FactID(0), kind: .municipality,
                    member: place.name, publicKey: try place.signer.publicKey(),
                    weight: Int(place.code.number), start: Self.today - 30)
            })
        for place in places {
            _ = try await place.partnerships.register(
                agreement, in: place.code, by: place.system, purpose: purpose)
            _ = try await RegisterCase(place.house).register(
                try facts(), in: place.code, by: place.system, purpose: purpose)
        }
        return places
    }

    /// Everybody and everything has values that are found nowhere else.
    func facts() throws -> [Fact] {
        let unit = try ProductionUnitNumber("1098765432")
        let start = Self.today - 900
        return [
            .citizen(
                Citizen(
                    id: ane, cpr: try CPR("6101901002"), givenName: "Fornavnia",
                    familyName: "Efternavnsen", sex: .female, born: Day(iso: "1980-01-01")!,
                    origin: .nonWesternImmigrant, residenceBasis: .refugee)),
            .residence(Residence(id: FactID(77_123), citizen: ane, start: start, end: nil)),
            .benefitSpell(
                BenefitSpell(
                    id: FactID(77_124), citizen: ane, benefit: .sicknessBenefit, start: start,
                    end: nil)),
            .jobProfile(
                JobProfile(
                    id: FactID(77_125), citizen: ane, start: Self.today,
                    wishes: ["warehouse-worker", "Hemmeligtønske"],
                    skills: ["forklift-certificate", "Hemmeligevne"],
                    hours: WeeklyHours(least: WeeklyTime(minutes: 601), most: .full),
                    kinds: [.ordinary, .small], postcode: "2730", farthest: 23,
                    text: "Hemmeligfritekst")),
            .conversation(
                Conversation(
                    id: FactID(77_126), citizen: ane, day: start, kind: .job, form: .physical,
                    status: .held)),
            .conversationNote(
                ConversationNote(
                    id: FactID(77_126), citizen: ane, place: "Hemmeligtsted",
                    text: "Hemmeligtnotat")),
            .company(
                Company(cvr: try CVR("13585628"), name: "Hemmeligvirksomhed", industry: "52")),
            .productionUnit(
                ProductionUnit(
                    id: FactID(1), number: unit, company: try CVR("13585628"), employees: 7_531,
                    start: start, end: nil)),
            .jobOrder(
                JobOrder(
                    id: FactID(12), unit: unit, created: Self.today - 1, positions: 1,
                    occupationGroup: 9, deadline: nil)),
            .orderDescription(
                OrderDescription(
                    id: FactID(12), title: "Lagermedarbejder", text: "Hemmeligordretekst",
                    occupation: "warehouse-worker", must: ["forklift-certificate"],
                    postcode: "3400", answerBy: Self.today + 3, contact: "Hemmeligkontakt",
                    staff: nil)),
        ]
    }

    func consent(_ place: Place) async throws {
        _ = try await place.partnerships.consent(
            of: ane, to: Self.code, in: place.code, by: place.ida, purpose: purpose,
            signing: place.signer)
    }

    func withdraw(_ place: Place) async throws {
        _ = try await place.partnerships.withdraw(
            ane, from: Self.code, in: place.code, by: place.ida, purpose: purpose,
            signing: place.signer)
    }

    func share(_ place: Place) async throws {
        _ = try await place.pool.share(
            FactID(12), with: Self.code, in: place.code, by: place.ida, purpose: purpose,
            signing: place.signer)
    }

    func feed(_ place: Place, since number: Int64 = 0) async throws -> PoolFeed {
        try await place.pool.feed(
            of: place.name, in: Self.code, since: number, from: place.code, by: place.system)
    }

    @discardableResult
    func take(_ feeds: [PoolFeed], _ place: Place) async throws -> PoolTaken {
        try await place.pool.take(
            feeds, into: Self.code, in: place.code, by: place.system, purpose: purpose)
    }

    func view(_ place: Place) async throws -> PoolView {
        try await place.pool.view(
            of: Self.code, in: place.code, by: place.ida, purpose: purpose)
    }

    func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems { return found.all.map { "\($0.field):\($0.key)" } }
    }

    /// A percentage of the month's orders; nil where there are none to count.
    func rate(_ name: String, _ place: Place) async throws -> Double? {
        let cells = try await FiguresCase(place.house).figures(
            FigureRequest(
                IndicatorID(name), periods: [.month(Month(containing: Self.today))],
                asOf: Self.today + 120),
            of: place.code, by: Actor(name: "Kim", role: .manager, municipality: place.code))
        guard case .value(let figure)? = cells.first?.shown else { return nil }
        return figure.value
    }

    func isSound(_ place: Place) async throws -> Bool {
        try await AdministrationCase(place.house).verify(by: place.system).allSatisfy {
            $0.broken == nil
        }
    }

    @Test("no other field of a citizen or an order ever leaves")
    func nothingElse() async throws {
        let place = try await places([163, 219])[0]
        try await share(place)
        try await consent(place)
        let feed = try await feed(place)
        #expect(feed.entries.map(\.header.kind) == [.orderShared, .cardShared])
        let text = String(decoding: try PoolFeedFile.write(feed), as: UTF8.self)
        #expect(text.contains("warehouse-worker") && text.contains("forklift-certificate"))
        let secrets = [
            "Fornavnia", "Efternavnsen", "610190", "1002", "female", "1980", "nonWestern",
            "refugee", "sicknessBenefit", "Hemmelig", "77123", "77125", "2730", "1098765432",
            "13585628", "7531", "Ida", "citizen",
        ]
        for entry in feed.entries {
            // Hashes, salts, keys and card numbers are random; all else is looked through.
            let payload = try #require(entry.payload)
            let told = payload.replacing(#/"salt":"[0-9a-f]{32}"/#, with: "")
            for secret in secrets {
                #expect(!told.lowercased().contains(secret.lowercased()), "\(secret)")
            }
        }
        for secret in secrets where secret.count > 6 {
            #expect(!text.lowercased().contains(secret.lowercased()), "\(secret)")
        }
        let told = try #require(feed.entries[1].payload)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(told.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["salt", "told"])
        let card = try #require(object["told"] as? [String: Any])
        #expect(Set(card.keys) == Set(PoolField.allCases.map(\.rawValue)))
        #expect(card["postcode"] as? String == "27")
        #expect(card["wishes"] as? [String] == ["warehouse-worker"])
    }

    @Test("a partnership that agrees on less is told less")
    func less() async throws {
        let place = try await places([163, 219], fields: [.wishes, .kinds])[0]
        try await consent(place)
        let payload = try #require(try await feed(place).entries.first?.payload)
        for field in ["skills", "hours", "farthest", "postcode", "forklift", "601"] {
            #expect(!payload.replacing(#/"salt":"[0-9a-f]{32}"/#, with: "").contains(field))
        }
    }

    @Test("an order is filled by another member's candidate, and both are credited")
    func hire() async throws {
        let both = try await places([163, 219])
        let (home, owner) = (both[0], both[1])
        try await consent(home)
        try await share(owner)
        try await take([try await feed(owner)], home)
        try await take([try await feed(home)], owner)
        let found = try #require(
            try await owner.pool.candidates(
                for: 12, of: "0219", in: Self.code, from: owner.code, by: owner.ida,
                purpose: purpose))
        #expect(found.found.map(\.member) == ["0163"] && found.found[0].citizen == nil)
        #expect(found.lookup == nil, "nobody can be named from a card")
        #expect(found.found[0].suggestion.terms.first?.reason == .wished("warehouse-worker"))
        #expect(
            try await problems {
                _ = try await home.pool.offer(
                    ane, to: 13, of: "0219", in: Self.code, from: home.code, by: home.ida,
                    purpose: purpose, signing: home.signer)
            } == ["order:poolOrderUnknown"])
        _ = try await home.pool.offer(
            ane, to: 12, of: "0219", in: Self.code, from: home.code, by: home.ida,
            purpose: purpose, signing: home.signer)
        try await take([try await feed(home, since: 1)], owner)
        let offer = try #require(try await view(owner).state.offers.first)
        func hire() async throws {
            _ = try await owner.pool.hire(
                offer: offer.number, of: "0163", in: Self.code, for: owner.code, by: owner.ida,
                purpose: purpose, signing: owner.signer)
        }
        func standing() async throws -> OrderSummary {
            try #require(
                try await OrderCase(owner.house).book(of: owner.code, by: owner.ida)[FactID(12)])
        }
        func rates() async throws -> [Double?] {
            var rates: [Double?] = []
            for name in ["referral-rate", "fill-rate", "local-match-rate"] {
                rates.append(try await rate(name, owner))
            }
            return rates
        }
        #expect(try await standing().stage == .received)
        #expect(try await rates() == [0, nil, 0])
        _ = try await owner.pool.refer(
            offer: offer.number, of: "0163", in: Self.code, for: owner.code, by: owner.ida,
            purpose: purpose)
        #expect(try await standing().stage == .referred)
        #expect(try await rates() == [100, 0, 0])
        try await hire()
        let filled = try await standing()
        #expect(filled.hired == 1 && filled.vacant == 0 && filled.placements.isEmpty)
        #expect(filled.poolHires.map(\.member) == ["0163"] && filled.closing?.reason == .filled)
        #expect(try await rates() == [100, 100, 100])
        #expect(try await problems { try await hire() } == ["offer:doneAlready"])
        try await take([try await feed(owner)], home)
        try await withdraw(home)
        try await take([try await feed(home)], owner)
        for place in both {
            let shares = try await view(place).shares
            #expect(shares.map(\.hiresOwned) == [0, 1] && shares.map(\.hiresPlaced) == [1, 0])
            #expect(shares.map(\.orders) == [0, 1] && shares.map(\.cards) == [1, 0])
            #expect(shares.map(\.weight) == [163, 219])
            #expect(shares[0].hireShare == 100 && shares[1].orderShare == 100)
            #expect(try await isSound(place))
        }
        #expect(try await view(home).state == view(owner).state)
    }

    @Test(
        "a withdrawn consent erases the card at home and with the others; one who was cut off too")
    func withdrawal() async throws {
        let three = try await places([163, 219, 201])
        try await consent(three[0])
        #expect(try await problems { try await consent(three[0]) } == ["citizen:poolConsentStands"])
        let early = try await feed(three[0])
        try await take([early], three[1])
        try await withdraw(three[0])
        #expect(try await problems { try await withdraw(three[0]) } == ["citizen:poolNoConsent"])
        let late = try await feed(three[0])
        #expect(late.entries.map { $0.payload == nil } == [true, false])
        #expect(try await take([late], three[1]).erased == 1)
        try await take([early], three[2])
        #expect(try await view(three[2]).state.cards.count == 1)
        #expect(try await take([late], three[2]).erased == 1)
        #expect(try await take([early], three[2]) == PoolTaken(), "it does not come back")
        for place in three {
            #expect(try await view(place).state.cards.isEmpty)
            let left = try await place.house.engine.read { connection in
                try connection.first(
                    "SELECT count(*) FROM pool_entry WHERE kind = 'cardShared' "
                        + "AND payload IS NOT NULL"
                ) { $0.integer(0) }
            }
            #expect(left == 0)
            #expect(try await isSound(place))
        }
        try await consent(three[0])
        let cards = try await feed(three[0]).entries.map(\.header.subject)
        #expect(cards.count == 3 && cards[0] == cards[1] && cards[2] != cards[0])
    }

    @Test("the cards of a member that has left are erased, and its credit stands")
    func left() async throws {
        let both = try await places([163, 219])
        let (home, owner) = (both[0], both[1])
        try await consent(home)
        try await share(owner)
        try await take([try await feed(owner)], home)
        _ = try await home.pool.offer(
            ane, to: 12, of: "0219", in: Self.code, from: home.code, by: home.ida,
            purpose: purpose, signing: home.signer)
        let early = try await feed(home)
        try await take([early], owner)
        _ = try await owner.pool.hire(
            offer: 2, of: "0163", in: Self.code, for: owner.code, by: owner.ida,
            purpose: purpose, signing: owner.signer)
        var agreement = try #require(
            try await owner.partnerships.agreements(of: owner.code, by: owner.ida).first)
        agreement.members[0].end = Self.today
        let later = Place(
            house: try house(owner.house.engine, on: Self.today + 1), code: owner.code,
            signer: owner.signer, chance: owner.chance)
        _ = try await later.partnerships.register(
            agreement, in: owner.code, by: owner.system, purpose: purpose)
        let state = try await later.pool.feed(
            of: "0163", in: Self.code, since: 0, from: owner.code, by: owner.system)
        #expect(state.entries.map { $0.payload == nil } == [true, true])
        #expect(try await take([early], later) == PoolTaken(), "it does not come back")
        let shares = try await view(later).shares
        #expect(shares.map(\.hiresPlaced) == [1, 0] && shares.map(\.cards) == [1, 0])
        #expect(try await isSound(later))
    }

    @Test("what changes at home is told, and one refused feed keeps all out")
    func changes() async throws {
        let three = try await places([163, 219, 201])
        let home = three[0]
        try await share(home)
        #expect(try await problems { try await share(home) } == ["order:doneAlready"])
        _ = try await OrderCase(home.house).register(
            .closed, reason: .filled, on: FactID(12), in: home.code, by: home.ida,
            purpose: purpose)
        func refresh() async throws -> Int {
            try await home.pool.refresh(
                Self.code, in: home.code, by: home.ida, purpose: purpose, signing: home.signer)
        }
        #expect(try await refresh() == 1)
        #expect(try await refresh() == 0)
        try await share(three[2])
        var forged = try await feed(three[2])
        forged.entries[0].header.subject = 99
        await #expect(throws: PoolProblem.wrongSignature("0201", number: 1)) {
            try await take([try await feed(home), forged], three[1])
        }
        #expect(try await view(three[1]).state.heads.isEmpty)
        try await take([try await feed(home)], three[1])
        #expect(try await view(three[1]).state.orders.map(\.isOpen) == [false])
        #expect(
            try await problems {
                _ = try await three[1].pool.refresh(
                    Self.code, in: three[1].code, by: three[1].ida, purpose: purpose,
                    signing: home.signer)
            } == ["key:poolKeyOfOther"])
    }

    @Test("who may do what, and what an agreement cannot say")
    func refusals() async throws {
        let place = try await places([163])[0]
        await #expect(throws: Refusal.roleMayNotManagePartnerships) {
            _ = try await place.partnerships.register(
                PoolAgreement(
                    partnership: Partnership(
                        id: FactID(0), code: "x", name: "x", fields: [], decides: "x",
                        start: Self.today), members: []),
                in: place.code, by: place.ida, purpose: purpose)
        }
        await #expect(throws: Refusal.purposeMissing) {
            _ = try await place.pool.view(
                of: Self.code, in: place.code, by: place.ida, purpose: nil)
        }
        let member = PartnershipMember(
            id: FactID(0), partnership: FactID(0), kind: .municipality, member: "0999",
            publicKey: "x", weight: -1, start: Self.today, end: Self.today - 1)
        #expect(
            try await problems {
                _ = try await place.partnerships.register(
                    PoolAgreement(
                        partnership: Partnership(
                            id: FactID(0), code: "", name: "x", fields: [], decides: "",
                            start: Self.today),
                        members: [member]),
                    in: place.code, by: place.system, purpose: purpose)
            } == [
                "code:empty", "decides:empty", "members.1.member:choice",
                "members.1.publicKey:poolKeyWrong", "members.1.weight:poolWeight",
                "members.1.end:endsBefore",
            ])
    }

    @Test("nine municipalities in one database pass their feeds by the same way")
    func nine() async throws {
        let nine = try await places(Self.nine, together: true)
        for place in nine { try await share(place) }
        // What is shared is passed on at once; asked for again there is nothing more.
        for place in nine { #expect(try await view(place).state.orders.count == 9) }
        let taken = try await nine[0].pool.exchange(
            Self.code, among: nine.map(\.code), by: nine[0].system)
        #expect(taken == PoolTaken())
        // A consent is passed on when it is given, and its withdrawal when it is withdrawn.
        try await consent(nine[4])
        for place in nine { #expect(try await view(place).state.cards.count == 1) }
        try await withdraw(nine[4])
        let first = try await view(nine[0]).state
        #expect(first.orders.count == 9 && first.heads.count == 9)
        for place in nine {
            let state = try await view(place).state
            #expect(state == first && state.cards.isEmpty)
        }
        #expect(try await isSound(nine[0]))
    }
}
