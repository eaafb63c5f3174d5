import Chronology
import Identifiers
import Jobcenter
import Matching
import Registry
import Storage
import Testing

@Suite("Events, their seats, and job shops")
struct EventCaseTests {
    let base = OrderCaseTests()
    var herlev: MunicipalityCode { OrderCaseTests.herlev }
    var today: Day { OrderCaseTests.today }
    let people = (1...6).map { CitizenID(Int64($0)) }

    /// Six citizens, of whom the first four have profiles and the first three the certificate.
    private func house() async throws -> House {
        var more: [Fact] = []
        for number in 3...6 {
            more += [
                .citizen(
                    Citizen(
                        id: CitizenID(Int64(number)), cpr: try CPR("6101901\(number)29"),
                        givenName: "Nr. \(number)", familyName: "Prøve", sex: .female,
                        born: Day(iso: "1990-01-01")!, origin: .danish)),
                .residence(
                    Residence(
                        id: FactID(Int64(number)), citizen: CitizenID(Int64(number)),
                        start: today - 900, end: nil)),
            ]
        }
        for number in 1...4 {
            more.append(
                .jobProfile(
                    JobProfile(
                        id: FactID(Int64(number)), citizen: CitizenID(Int64(number)),
                        start: today - 30, end: nil, wishes: ["warehouse-worker"],
                        skills: number < 4 ? ["forklift-certificate"] : [],
                        kinds: [.ordinary], postcode: "2730", farthest: 20)))
        }
        return try await base.house(more)
    }

    private func order(_ house: House, must: [String] = ["forklift-certificate"]) async throws
        -> FactID
    {
        try await OrderCase(house).register(
            base.order(positions: 3) { $0.must = must }, in: herlev, by: base.ida,
            purpose: base.purpose
        ).0
    }

    private func event(
        _ house: House, places: Int = 1, slot: Int? = nil, kind: JobEventKind = .orders
    ) async throws -> FactID {
        try await EventCase(house).register(
            JobEvent(
                id: FactID(0), kind: kind, title: "Prøve", start: today + 7, begins: 540,
                ends: 600, places: places, slot: slot), correcting: nil, in: herlev,
            by: base.ida, purpose: base.purpose
        ).0
    }

    @discardableResult
    private func stand(
        _ house: House, _ event: FactID, order: FactID?, seats: Int, least: Int = 0,
        title: String = "Stand"
    ) async throws -> FactID {
        _ = try await EventCase(house).register(
            EventStand(
                id: FactID(0), event: event, title: title, order: order, least: least,
                seats: seats), correcting: nil, in: herlev, by: base.ida, purpose: base.purpose)
        return try await file(house, event).summary.stands.last!.id
    }

    private func signUp(
        _ house: House, _ event: FactID, _ citizens: [CitizenID],
        _ state: SignUpState = .signedUp, wishes: [FactID]? = nil
    ) async throws {
        _ = try await EventCase(house).register(
            citizens.map { EventMark(.citizen($0), state, wishes: wishes) }, at: event,
            in: herlev, by: base.ida, purpose: base.purpose)
    }

    private func seat(
        _ house: House, _ event: FactID, _ state: SeatState, _ citizen: CitizenID,
        at stand: FactID
    ) async throws {
        _ = try await EventCase(house).register(
            state, of: .citizen(citizen), at: stand, of: event, in: herlev, by: base.ida,
            purpose: base.purpose)
    }

    private func file(_ house: House, _ event: FactID) async throws -> EventFile {
        try await EventCase(house).file(
            of: event, in: herlev, by: base.ida, purpose: base.purpose)!
    }

    private func distribution(_ house: House, _ event: FactID) async throws -> EventDistribution {
        try await EventCase(house).distribution(
            of: event, in: herlev, by: base.ida, purpose: base.purpose)!
    }

    private func distribute(_ house: House, _ event: FactID) async throws {
        let found = try await distribution(house, event)
        _ = try await EventCase(house).distribute(
            event, version: found.version, in: herlev, by: base.ida, purpose: base.purpose)
    }

    private func taken(_ house: House, _ event: FactID, at stand: FactID) async throws -> [Int64] {
        try await file(house, event).summary.taken(at: stand)
            .compactMap(\.participant.citizen?.number).sorted()
    }

    @Test("What an order requires and a participant lacks is in the way, with the reason")
    func mustHaves() async throws {
        let house = try await house()
        let event = try await event(house)
        let stand = try await stand(house, event, order: try await order(house), seats: 3)
        try await signUp(house, event, Array(people.prefix(5)))
        let found = try await distribution(house, event)
        #expect(found.best?.filled == 3)
        #expect(
            found.filling.obstacles[.init(3, 0)] == .lacks(["forklift-certificate"]))
        #expect(
            found.filling.obstacles[.init(4, 0)] == .lacks(["forklift-certificate"]))
        try await distribute(house, event)
        #expect(try await taken(house, event, at: stand) == [1, 2, 3])
        #expect(try await distribution(house, event).added.isEmpty)
    }

    @Test("A wish decides between equals, and what is chosen by hand is never lost")
    func byHand() async throws {
        let house = try await house()
        let event = try await event(house)
        let job = try await stand(house, event, order: try await order(house), seats: 1)
        let course = try await stand(house, event, order: nil, seats: 1, title: "Kursus")
        try await signUp(house, event, [people[0]])
        try await signUp(house, event, [people[1]], wishes: [job])
        try await distribute(house, event)
        #expect(try await taken(house, event, at: job) == [2])
        #expect(try await taken(house, event, at: course) == [1])
        try await seat(house, event, .free, people[1], at: job)
        try await seat(house, event, .free, people[0], at: course)
        try await seat(house, event, .fixed, people[0], at: job)
        try await distribute(house, event)
        #expect(try await taken(house, event, at: job) == [1])
        #expect(try await taken(house, event, at: course) == [2])
        try await seat(house, event, .forbidden, people[1], at: course)
        try await signUp(house, event, [people[4]])
        try await distribute(house, event)
        #expect(try await taken(house, event, at: job) == [1])
        #expect(try await taken(house, event, at: course) == [5])
        let full = try await base.problems {
            try await seat(house, event, .fixed, people[1], at: job)
        }
        #expect(full == ["stand:standFull"])
    }

    @Test("Who is signed off gives up the seat, and comes back without it")
    func signedOff() async throws {
        let house = try await house()
        let event = try await event(house)
        let stand = try await stand(house, event, order: nil, seats: 2)
        try await signUp(house, event, Array(people.prefix(3)))
        try await distribute(house, event)
        let first = try await taken(house, event, at: stand)
        #expect(first.count == 2)
        try await signUp(house, event, [CitizenID(first[0])], .cancelled)
        #expect(try await taken(house, event, at: stand) == [first[1]])
        try await distribute(house, event)
        #expect(try await taken(house, event, at: stand).count == 2)
        let early = try await base.problems {
            try await signUp(house, event, [people[0]], .attended)
        }
        #expect(early == ["state:eventToCome"])
    }

    @Test("A demand that cannot be met is told, and nothing is registered")
    func contradiction() async throws {
        let house = try await house()
        let event = try await event(house)
        let stand = try await stand(
            house, event, order: try await order(house), seats: 3, least: 3)
        try await signUp(house, event, [people[0], people[3]])
        let found = try await distribution(house, event)
        #expect(found.best == nil)
        #expect(found.contradictions.first?.needed == 3)
        #expect(found.contradictions.first?.available == 1)
        let refused = try await base.problems { try await distribute(house, event) }
        #expect(refused == ["event:cannotDistribute"])
        #expect(try await taken(house, event, at: stand) == [])
    }

    @Test("A distribution that was looked at before a change is not registered")
    func changedMeanwhile() async throws {
        let house = try await house()
        let event = try await event(house)
        try await stand(house, event, order: nil, seats: 2)
        try await signUp(house, event, [people[0]])
        let seen = try await distribution(house, event).version
        try await signUp(house, event, [people[1]])
        let refused = try await base.problems {
            _ = try await EventCase(house).distribute(
                event, version: seen, in: herlev, by: base.ida, purpose: base.purpose)
        }
        #expect(refused == ["event:changedMeanwhile"])
    }

    @Test("Short meetings get a time each, and nobody is in two at once")
    func meetings() async throws {
        let house = try await house()
        let event = try await event(house, places: 2, slot: 20, kind: .speedMeetings)
        for number in 1...2 {
            try await stand(
                house, event, order: try await order(house, must: []), seats: 3,
                title: "Firma \(number)")
        }
        try await signUp(house, event, Array(people.prefix(4)))
        try await distribute(house, event)
        let summary = try await file(house, event).summary
        let taken = summary.seats.filter(\.state.isTaken)
        #expect(taken.count == 6)
        #expect(taken.allSatisfy { (1...3).contains($0.slot ?? 0) })
        #expect(Set(taken.map { "\($0.participant) \($0.slot ?? 0)" }).count == 6)
        #expect(Set(taken.map { "\($0.stand) \($0.slot ?? 0)" }).count == 6)
        #expect(summary.time(of: 3) == 580)
        let tooMany = try await base.problems {
            try await stand(house, event, order: nil, seats: 4)
        }
        #expect(tooMany == ["seats:tooManyMeetings"])
    }

    @Test("What came of an event is counted from jobs and placements")
    func outcomes() async throws {
        let day = today.adding(months: -2)
        let job = Employment(
            id: FactID(1), citizen: people[0], kind: .ordinary, start: day + 10, end: day + 20,
            weekly: .full)
        let late = Employment(
            id: FactID(2), citizen: people[1], kind: .ordinary, start: day + 20, end: nil,
            weekly: .full)
        let facts: [Fact] =
            [
                .jobEvent(
                    JobEvent(id: FactID(1), kind: .fair, title: "Messe", start: day)),
                .employment(job), .employment(late),
            ]
            + people.prefix(2).enumerated().map { place, citizen in
                .eventSignUp(
                    EventSignUp(
                        id: FactID(Int64(place + 1)), event: FactID(1),
                        participant: .citizen(citizen), state: .attended, day: day))
            }
        let house = try await base.house(facts)
        let found = try await file(house, FactID(1))
        #expect(found.outcomes[.citizen(people[0])]?.firstJob == day + 10)
        #expect(found.outcomes[.citizen(people[0])]?.inWork == [1: false])
        #expect(found.outcomes[.citizen(people[1])]?.inWork == [1: true])
        let month = try #require(found.inWork(after: 1))
        #expect(month == (1, 2))
        #expect(found.inWork(after: 3) == nil)
    }

    @Test(
        "Seats are shared by weights, and what one cannot use goes to the others",
        arguments: [
            (10, [1, 1], [10, 10], [5, 5]),
            (10, [3, 1], [10, 10], [8, 3]),
            (10, [1, 1, 2], [1, 10, 10], [1, 3, 6]),
            (10, [1, 1], [2, 3], [2, 3]),
            (4, [0, 1], [9, 9], [0, 4]),
            (0, [1, 1], [1, 1], [0, 0]),
        ] as [(Int, [Int], [Int], [Int])])
    func shares(seats: Int, weights: [Int], room: [Int], expected: [Int]) {
        #expect(FairSeats.shares(seats, weights: weights, room: room) == expected)
    }

    @Test("Somebody comes to the job shop and is referred in the same act, or neither")
    func shop() async throws {
        let house = try await house()
        let (shop, _) = try await ShopCase(house).register(
            JobShop(
                id: FactID(0), name: "Jobbutikken",
                hours: [OpenHours(weekday: 1, opens: 600, closes: 960)], start: today - 5),
            correcting: nil, in: herlev, by: base.ida, purpose: base.purpose)
        let order = try await order(house)
        func come(_ visit: ShopVisit) async throws -> [String] {
            try await base.problems {
                _ = try await ShopCase(house).register(
                    visit, in: herlev, by: base.ida, purpose: base.purpose)
            }
        }
        let visit = ShopVisit(
            id: FactID(0), shop: shop, day: today, minute: 610, citizen: people[0], topics: [],
            order: order)
        #expect(try await come(visit) == [])
        let standing = try await OrderCase(house).book(of: herlev, by: base.ida)[order]
        #expect(standing?.stand(of: people[0]) == .referred)
        #expect(try await come(visit) == ["order:referredAlready"])
        var nobody = visit
        nobody.citizen = nil
        #expect(try await come(nobody) == ["person:referNobody"])
        nobody.order = nil
        #expect(try await come(nobody) == ["topic-cv:choice"])
        nobody.topics = [.cv]
        #expect(try await come(nobody) == [])
        nobody.day = today - 6
        #expect(try await come(nobody) == ["day:shopClosed"])
        let book = try await ShopCase(house).book(of: herlev, by: base.ida)
        let summary = try #require(book[shop])
        #expect(summary.visits.count == 2)
        #expect(ShopFigures(summary.visits).topics == [.referral: 1, .cv: 1])
        #expect(ShopFigures(summary.visits).people == 1)
        #expect(summary.isOpen(on: today, minute: 960) == false)
        #expect(summary.isOpen(on: today, minute: 959) == true)
    }
}
