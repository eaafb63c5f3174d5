import Chronology
import Identifiers
import Jobcenter
import Law
import Registry
import Storage
import Testing

/// The helpers are those of the companies' and orders' tests.
extension OrderCaseTests {
    private static let start = today + 21

    /// A citizen close to work, on cash benefit for a year.
    private func agreementHouse(_ more: [Fact] = []) async throws -> House {
        try await house(
            [
                .targetGroup(
                    TargetGroupPeriod(
                        id: FactID(1), citizen: Self.ane, group: .group2,
                        start: Self.today - 400, end: nil)),
                .benefitSpell(
                    BenefitSpell(
                        id: FactID(1), citizen: Self.ane, benefit: .cashBenefit,
                        start: Self.today - 400, end: nil)),
            ] + more)
    }

    private func content(
        weeks: Int = 4, _ change: (inout AgreedContent) -> Void = { _ in }
    ) -> AgreedContent {
        var content = AgreedContent(
            unit: Self.unit, measure: "company-internship-private", start: Self.start,
            end: Self.start + 7 * weeks - 1, weekly: WeeklyTime(minutes: 1_200),
            tasks: "Pakke varer", deadline: Self.today + 14)
        change(&content)
        return content
    }

    private static let signers = [
        NewSigner(.employer, name: "Bent", contact: "bent@example.org"),
        NewSigner(.employees, name: "Thea"), NewSigner(.citizen, name: ""),
        NewSigner(.caseworker, name: "Kim"),
    ]

    private func make(
        _ house: House, _ content: AgreedContent, order: FactID? = nil, by actor: Actor? = nil
    ) async throws -> FactID {
        try await AgreementCase(house).register(
            content, for: Self.ane, from: order, signers: Self.signers, in: Self.herlev,
            by: actor ?? kim, purpose: purpose
        ).0
    }

    private func file(_ house: House, _ id: FactID) async throws -> AgreementFile {
        try #require(
            try await AgreementCase(house).file(id, in: Self.herlev, by: kim, purpose: purpose))
    }

    private func signer(
        _ house: House, _ id: FactID, _ party: AgreementParty
    ) async throws -> FactID {
        try #require(
            try await file(house, id).standing.current.first { $0.party == party }
        ).id
    }

    /// Makes a link for each party from outside; the secret is the party's name and `round`.
    private func send(
        _ house: House, _ id: FactID, _ parties: [AgreementParty] = Self.outsiders,
        round: String = ""
    ) async throws {
        for party in parties {
            _ = try await AgreementCase(house).send(
                try await signer(house, id, party), of: id, secret: party.rawValue + round,
                in: Self.herlev, by: ida, purpose: purpose)
        }
    }

    private static let outsiders: [AgreementParty] = [.employer, .employees, .citizen]

    private func sign(_ house: House, _ id: FactID, _ secret: String) async throws {
        let digest = try await file(house, id).agreement.digest
        try await AgreementCase(house).sign(
            by: secret, shown: digest, name: secret, in: Self.herlev)
    }

    private func signForUs(_ house: House, _ id: FactID) async throws {
        _ = try await AgreementCase(house).sign(
            id, shown: try await file(house, id).agreement.digest, name: "Kim",
            in: Self.herlev, by: kim, purpose: purpose)
    }

    private func facts(_ house: House, _ kinds: [FactKind]) async throws -> [Fact] {
        try await house.engine.read { connection in
            try StoreReader(connection).registrations(
                about: OrderCaseTests.ane, of: OrderCaseTests.herlev, kinds: kinds
            ).map(\.fact)
        }
    }

    @Test("the last of four signatures registers the offer, the effort and the plan's line once")
    func fourSign() async throws {
        let house = try await agreementHouse()
        let id = try await make(house, content())
        #expect(try await file(house, id).stage == .draft)
        try await send(house, id)
        #expect(try await file(house, id).stage == .waiting)
        for party in Self.outsiders {
            try await sign(house, id, party.rawValue)
            // The button pressed twice does nothing twice.
            try await sign(house, id, party.rawValue)
        }
        #expect(try await facts(house, [.offer, .effort, .planItem]).isEmpty)
        try await signForUs(house, id)
        let done = try await file(house, id)
        #expect(done.stage == .signed && done.agreement.effort != nil)
        #expect(done.standing.marks.count { $0.kind == .signed } == 4)
        let made = try await facts(house, [.offer, .effort, .planItem, .employment])
        #expect(made.count == 3)
        let offer = try #require(
            made.compactMap { if case .offer(let offer) = $0 { offer } else { nil } }.first)
        #expect(offer.unit == Self.unit && offer.start == Self.start)
        let limits = try await CompanyCase(house).limits(
            LimitsAsked(
                measure: "company-internship-private", unit: Self.unit, starts: Self.start,
                ends: Self.start + 6, weekly: .full, group: .group2), in: Self.herlev, by: ida)
        #expect(limits.counted.map(\.id) == [offer.id])
        #expect(
            try await problems { try await sign(house, id, "caseworker") }
                == ["name:linkUnknown"])
        #expect(
            try await problems {
                _ = try await AgreementCase(house).withdraw(
                    id, why: "nej", in: Self.herlev, by: kim, purpose: purpose)
            } == ["agreement:agreementSigned"])
    }

    @Test("two who sign at the same time both hold")
    func parallel() async throws {
        let house = try await agreementHouse()
        let id = try await make(house, content())
        try await send(house, id)
        try await signForUs(house, id)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for party in Self.outsiders {
                for _ in 0..<3 {
                    group.addTask { try await self.sign(house, id, party.rawValue) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await file(house, id).stage == .signed)
        #expect(try await facts(house, [.offer]).count == 1)
        #expect(try await facts(house, [.effort]).count == 1)
    }

    @Test("a new link, a new signer and a change make earlier links and signatures void")
    func links() async throws {
        let house = try await agreementHouse()
        let cases = AgreementCase(house)
        let id = try await make(house, content())
        func opened(_ secret: String) async throws -> String {
            guard let found = try await cases.opened(secret, in: Self.herlev) else {
                return "unknown"
            }
            return switch found {
            case .open: "open"
            case .used(_, let mark, _): mark.kind.rawValue
            case .replaced: "replaced"
            case .newer: "newer"
            case .expired: "expired"
            case .withdrawn: "withdrawn"
            case .refused: "refused"
            case .done: "done"
            }
        }
        try await send(house, id)
        try await send(house, id, [.employer], round: "2")
        #expect(try await opened("employer") == "newer")
        #expect(try await opened("employer2") == "open")
        #expect(try await opened("nonsense") == "unknown")
        #expect(
            try await problems { try await sign(house, id, "employer") } == ["name:linkUnknown"])
        _ = try await cases.replace(
            try await signer(house, id, .employees), of: id,
            by: NewSigner(.employees, name: "Vibe"), in: Self.herlev, by: ida, purpose: purpose)
        #expect(try await opened("employees") == "replaced")
        #expect(
            try await problems { try await sign(house, id, "employees") }
                == ["name:linkUnknown"])
        try await sign(house, id, "employer2")
        #expect(try await opened("employer2") == "signed")
        // What was on somebody's screen before the change cannot be signed after it.
        let before = try await file(house, id).agreement.digest
        _ = try await cases.change(
            id, to: content { $0.tasks = "Køre truck" }, in: Self.herlev, by: kim,
            purpose: purpose)
        let changed = try await file(house, id)
        let employer = try await signer(house, id, .employer)
        #expect(changed.standing.void(of: employer) != nil)
        #expect(changed.standing.answer(of: employer) == nil)
        #expect(
            try await problems {
                try await cases.sign(
                    by: "citizen", shown: before, name: "Ane", in: Self.herlev)
            } == ["name:agreementChanged"])
        // Another deadline is no other agreement.
        try await sign(house, id, "citizen")
        _ = try await cases.change(
            id,
            to: content {
                $0.tasks = "Køre truck"
                $0.deadline = Self.today + 20
            }, in: Self.herlev, by: kim, purpose: purpose)
        let citizen = try await signer(house, id, .citizen)
        #expect(try await file(house, id).standing.answer(of: citizen)?.kind == .signed)
        try await send(house, id, [.employer], round: "3")
        #expect(try await opened("employer3") == "open")
        try await cases.refuse(
            by: "employer3", shown: try await file(house, id).agreement.digest, words: "Ikke nu",
            in: Self.herlev)
        #expect(try await file(house, id).stage == .refused)
        _ = try await cases.withdraw(
            id, why: "fortrudt", in: Self.herlev, by: kim, purpose: purpose)
        #expect(try await file(house, id).stage == .withdrawn)
        #expect(try await opened("employer3") == "refused")
        #expect(
            try await problems { try await signForUs(house, id) }
                == ["agreement:agreementWithdrawn"])
    }

    @Test("after the last day nobody can sign")
    func expires() async throws {
        let engine = try await agreementHouse()
        let id = try await make(engine, content())
        try await send(engine, id)
        let later = House(
            engine: engine.engine, clock: .stopped(at: Self.today + 15), texts: engine.texts,
            municipalities: engine.municipalities, catalogue: engine.catalogue, plans: [])
        #expect(try await file(later, id).stage == .expired)
        #expect(
            try await problems { try await sign(later, id, "employer") }
                == ["agreement:agreementExpired"])
        guard
            case .expired(let day)? = try await AgreementCase(later).opened(
                "employer", in: Self.herlev)
        else {
            Issue.record("the link is not told to be late")
            return
        }
        #expect(day == Self.today + 14)
    }

    @Test("what the law forbids is refused, with what would make it possible")
    func forbidden() async throws {
        let house = try await agreementHouse()
        do {
            _ = try await make(house, content(weeks: 6))
            Issue.record("six weeks were allowed")
        } catch let refusal as EffortRefusal {
            #expect(refusal.ways.contains(.endBy(Self.start + 27)), "\(refusal.ways)")
        }
        // Twelve employees make room for two; two are there already.
        let full = try await agreementHouse(
            (1...2).map { number in
                .offer(
                    Offer(
                        id: FactID(Int64(number)), citizen: Self.bo,
                        kind: .companyInternshipPrivate, start: Self.today,
                        end: Self.today + 24, weekly: .full, unit: Self.unit))
            })
        do {
            _ = try await make(full, content())
            Issue.record("three were allowed")
        } catch let refusal as EffortRefusal {
            #expect(refusal.ways.contains(.startFrom(Self.today + 25)), "\(refusal.ways)")
            #expect(refusal.ways.contains(.statement))
        }
        // Hours stated by the employer count before heads.
        let statement = EmployeeStatement(
            day: Self.today, unit: Self.unit, fourMonths: 641 * 20, twelveMonths: 160 * 12 * 20,
            months: 12, startMonth: 160 * 20)
        _ = try await CompanyCase(full).register(
            statement, about: Self.cvr, in: Self.herlev, by: ida, purpose: purpose)
        let id = try await make(full, content())
        #expect(try await file(full, id).stage == .draft)
    }

    @Test("a wage subsidy from an order registers the job and the hire too")
    func subsidy() async throws {
        let house = try await agreementHouse()
        let order = try await register(house, order())
        _ = try await OrderCase(house).refer(
            [Self.ane], to: order, in: Self.herlev, by: ida, purpose: purpose)
        let id = try await make(
            house,
            content {
                $0.measure = "wage-subsidy-private"
                $0.wage = 14_000
                $0.subsidy = 8_500
            }, order: order, by: ida)
        try await send(house, id)
        for party in Self.outsiders { try await sign(house, id, party.rawValue) }
        try await signForUs(house, id)
        let made = try await facts(house, [.offer, .employment, .placement, .effort])
        #expect(Set(made.map(\.kind)) == [.offer, .employment, .placement, .effort])
        #expect(made.count == 4)
        #expect(try await summary(house, order).isOpen == false)
    }

    @Test("what is missing or cannot be is told beside its field")
    func wrongAgreement() async throws {
        let house = try await agreementHouse()
        func told(_ change: @escaping (inout AgreedContent) -> Void) async throws -> [String] {
            try await problems { _ = try await make(house, content(change)) }
        }
        #expect(try await told { $0.tasks = "" } == ["tasks:empty"])
        #expect(try await told { $0.deadline = Self.today + 22 } == ["deadline:deadlineAfterStart"])
        #expect(try await told { $0.deadline = Self.today - 1 } == ["deadline:inPast"])
        #expect(try await told { $0.wage = 100 } == ["wage:noWageHere"])
        #expect(try await told { $0.unit = Self.closed } == ["unit:workplaceClosed"])
        #expect(
            try await told { $0.weekly = WeeklyTime(minutes: 2_400) } == ["hours:hoursAboveFull"])
        #expect(
            try await told {
                $0.measure = "wage-subsidy-private"
                $0.wage = 10_000
                $0.subsidy = 12_000
            } == ["subsidy:subsidyAboveWage"])
        // The consultant has business only with those on an order.
        #expect(
            try await problems { _ = try await make(house, content(), by: ida) }
                == ["order:agreementNeedsOrder"])
        let order = try await register(house, order())
        #expect(
            try await problems { _ = try await make(house, content(), order: order, by: ida) }
                == ["order:notInOrder"])
        _ = try await OrderCase(house).refer(
            [Self.ane], to: order, in: Self.herlev, by: ida, purpose: purpose)
        _ = try await make(house, content(), order: order, by: ida)
    }
    @Test("the employer signs or refuses signed in, for its own company and the text shown")
    func signedIn() async throws {
        let house = try await agreementHouse()
        let id = try await make(house, content())
        let door = DoorCase(house)
        let bent = Actor(
            name: "Bent", role: .employer, municipality: Self.herlev, company: Self.cvr)
        let stranger = Actor(
            name: "Ulla", role: .employer, municipality: Self.herlev,
            company: try CVR("29190909"))
        let page = try #require(
            try await door.agreement(id, in: Self.herlev, by: bent, purpose: purpose))
        #expect(page.signer.name == "Bent")
        #expect(
            try await door.agreement(id, in: Self.herlev, by: stranger, purpose: purpose) == nil)
        let text = page.file.agreement.digest
        for (actor, shown, name, expected) in [
            (stranger, text, "Ulla", "agreement:choice"), (bent, text, "", "name:nameMissing"),
            (bent, "other", "Bent", "name:agreementChanged"),
        ] {
            let found = try await problems {
                _ = try await door.sign(id, shown: shown, name: name, in: Self.herlev, by: actor)
            }
            #expect(found == [expected])
        }
        _ = try await door.refuse(
            id, shown: text, words: "Ikke i den uge", in: Self.herlev, by: bent)
        #expect(try await file(house, id).stage == .refused)
        // One may think better of it.
        _ = try await door.sign(id, shown: text, name: "Bent", in: Self.herlev, by: bent)
        let standing = try await file(house, id).standing
        let employer = try #require(standing.current.first { $0.party == .employer })
        #expect(standing.answer(of: employer.id)?.kind == .signed)
        let twice = try await problems {
            _ = try await door.sign(id, shown: text, name: "Bent", in: Self.herlev, by: bent)
        }
        #expect(twice == ["agreement:signerSigned"])
        #expect(try await door.file(in: Self.herlev, by: bent).agreements.count == 1)
        #expect(
            try await door.file(in: Self.herlev, by: bent).toSign(on: Self.today).isEmpty)
    }
}

@Suite("The state of an agreement")
struct AgreementStandingTests {
    private struct Dice {
        var state: UInt64
        mutating func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
    }

    @Test(
        "no order of events signs after the deadline, a withdrawal or a change", arguments: 0..<300)
    func anyOrder(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let first = OrderCaseTests.today
        let agreement = OfferAgreement(
            id: FactID(1), citizen: CitizenID(1), company: OrderCaseTests.cvr,
            unit: OrderCaseTests.unit, measure: "company-internship-private", start: first + 30,
            end: first + 57, weekly: .full, tasks: "Pakke", deadline: first + 10)
        var signers = AgreementParty.allCases.enumerated().map {
            AgreementSigner(
                id: FactID(Int64($0.offset + 1)), agreement: agreement.id, party: $0.element,
                name: "x")
        }
        if dice.roll(2) == 0 {
            let old = signers[dice.roll(4)]
            signers.append(
                AgreementSigner(
                    id: FactID(5), agreement: agreement.id, party: old.party, name: "y",
                    replaces: old.id))
        }
        var marks: [AgreementMark] = []
        var day = first
        for number in 1...30 {
            day = day + (dice.roll(5) == 0 ? 1 : 0)
            let roll = dice.roll(24)
            let kind: AgreementMark.Kind =
                roll == 0 ? .withdrawn : roll < 3 ? .refused : roll < 6 ? .sent : .signed
            marks.append(
                AgreementMark(
                    id: FactID(Int64(number)), agreement: agreement.id,
                    signer: kind == .withdrawn ? nil : signers[dice.roll(signers.count)].id,
                    kind: kind, day: day,
                    digest: dice.roll(6) == 0 ? "another text" : agreement.digest))
        }
        let standing = AgreementStanding(agreement, signers, marks.reversed())
        let current = Set(standing.current.map(\.id))
        let wall = marks.firstIndex { $0.kind == .withdrawn } ?? marks.count
        let valid = marks[..<wall].filter {
            $0.kind == .signed && $0.day <= agreement.deadline
                && $0.digest == agreement.digest && current.contains($0.signer!)
        }
        let isWhole = current.isSubset(of: valid.compactMap(\.signer))
        let stage = standing.stage(on: day)
        #expect(current.count == 4)
        if stage == .signed { #expect(isWhole) }
        if !isWhole, wall < marks.count { #expect(stage == .withdrawn) }
        if stage == .waiting { #expect(day <= agreement.deadline) }
        // What happens afterwards changes nothing that was signed.
        let late =
            marks + [
                AgreementMark(
                    id: FactID(99), agreement: agreement.id, kind: .withdrawn, day: day)
            ]
        if stage == .signed {
            #expect(AgreementStanding(agreement, signers, late).stage(on: day + 99) == .signed)
        }
    }
}
