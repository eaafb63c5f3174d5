import Chronology
import Identifiers
import Registry
import Testing

@testable import Simulation

/// One small municipality, made up once for all tests.
enum Sample {
    static let data = Result { try SimulationData.bundled() }

    static func simulator(
        _ code: Int32 = 163, population: Int? = 1_000, seed: UInt64 = 11,
        through: Day = SimulationConfiguration.lastDay
    ) throws -> Simulator {
        try Simulator(
            configuration: SimulationConfiguration(
                municipality: MunicipalityCode(number: code), population: population, seed: seed,
                through: through), data: data.get())
    }

    static let small = Result { try simulator().run() }
}

@Suite("The synthetic municipality")
struct SimulationTests {
    @Test("The same seed gives the same registrations, another seed others")
    func deterministic() throws {
        let again = try Sample.simulator().run().registrations
        let other = try Sample.simulator(seed: 12).run().registrations
        let first = try Sample.small.get().registrations
        #expect(first == again)
        #expect(first != other)
        #expect(first.count > 8_000)
    }

    @Test("Registrations come in the order of their days and none after the last")
    func order() throws {
        let (registrations, truth) = try Sample.small.get()
        #expect(
            zip(registrations, registrations.dropFirst()).allSatisfy {
                $0.recordedOn <= $1.recordedOn
            })
        #expect(registrations.first?.recordedOn == SimulationConfiguration.firstDay)
        #expect(registrations.allSatisfy { $0.recordedOn <= truth.through })
    }

    @Test("The last registration of a fact is the fact as it was")
    func settled() throws {
        let (registrations, truth) = try Sample.small.get()
        var latest: [FactKind: [FactID: Fact]] = [:]
        for registration in registrations {
            latest[registration.fact.kind, default: [:]][registration.fact.id] = registration.fact
        }
        let old = truth.through - 120
        var compared = 0
        for spell in truth.spells where spell.start <= old {
            if let end = spell.end, end > old { continue }
            #expect(latest[.benefitSpell]?[spell.id] == .benefitSpell(spell))
            compared += 1
        }
        for talk in truth.conversations where talk.day <= old {
            #expect(latest[.conversation]?[talk.id] == .conversation(talk))
            compared += 1
        }
        #expect(compared > 2_000)
    }

    @Test("Facts are first known open, late or wrong, and corrected later")
    func twoTimes() throws {
        let registrations = try Sample.small.get().registrations
        var first: [FactID: (BenefitSpell, Day)] = [:]
        var corrected = 0
        var late = 0
        var mistaken = 0
        for registration in registrations {
            guard case .benefitSpell(let spell) = registration.fact else { continue }
            if let (before, _) = first[spell.id] {
                if before.end == nil, spell.end != nil { corrected += 1 }
                if before.start != spell.start { mistaken += 1 }
            } else {
                first[spell.id] = (spell, registration.recordedOn)
                if registration.recordedOn - spell.start > 7,
                    spell.start > SimulationConfiguration.firstDay
                {
                    late += 1
                }
            }
        }
        #expect(corrected > first.count / 3)
        #expect(late > 20)
        #expect(mistaken > 5)
    }

    @Test("CPR numbers are test numbers, fit the person and are unique, also across municipalities")
    func numbers() throws {
        let here = try Sample.small.get().truth
        let there = try Sample.simulator(219, population: 1_000).run().truth
        var seen: Set<CPR> = []
        for citizen in here.citizens + there.citizens {
            #expect(citizen.cpr.isTest)
            #expect(seen.insert(citizen.cpr).inserted)
            #expect(citizen.cpr.isMale == (citizen.sex == .male))
            let born = citizen.born.components
            #expect(citizen.cpr.birth == (born.year, born.month, born.day))
        }
        let ids = Set((here.citizens + there.citizens).map(\.id))
        #expect(ids.count == seen.count)
        let companies = here.companies + there.companies
        #expect(Set(companies.map(\.cvr)).count == companies.count)
        let mine = Set(here.units.map(\.number))
        #expect(mine.isDisjoint(with: there.units.map(\.number)))
        #expect(mine.count < here.units.count)
    }

    @Test("No two spells of one benefit overlap, and none lies outside residence")
    func spells() throws {
        let truth = try Sample.small.get().truth
        let homes = Dictionary(grouping: truth.residences, by: \.citizen)
        for (citizen, spells) in Dictionary(grouping: truth.spells, by: \.citizen) {
            for (_, same) in Dictionary(grouping: spells, by: \.benefit) {
                let sorted = same.sorted { $0.start < $1.start }
                for (a, b) in zip(sorted, sorted.dropFirst()) {
                    #expect((a.end ?? .openEnd) < b.start)
                }
            }
            for spell in spells {
                let home = try #require(homes[citizen]?.first)
                #expect(spell.start >= home.start)
                #expect((spell.end ?? .openEnd) <= (home.end ?? .openEnd))
                #expect((1...2_220).contains(spell.degree.minutes))
                #expect((spell.end ?? .openEnd) >= spell.start)
            }
        }
    }

    @Test("At no time are two spells of one benefit registered on one day")
    func registeredSpells() throws {
        struct Key: Hashable {
            var citizen: CitizenID
            var benefit: Benefit
        }
        var known: [Key: [FactID: BenefitSpell]] = [:]
        var neighbours = 0
        for registration in try Sample.simulator(population: 6_000).run().registrations {
            guard case .benefitSpell(let spell) = registration.fact else { continue }
            let key = Key(citizen: spell.citizen, benefit: spell.benefit)
            for (id, other) in known[key] ?? [:] where id != spell.id {
                neighbours += 1
                let isApart =
                    (other.end ?? .openEnd) < spell.start || (spell.end ?? .openEnd) < other.start
                #expect(isApart, "\(spell.citizen) on \(registration.recordedOn)")
            }
            known[key, default: [:]][spell.id] = spell
        }
        #expect(neighbours > 1_000)
    }

    @Test("Every reference leads to something, and every number is used once")
    func references() throws {
        let (registrations, truth) = try Sample.small.get()
        let citizens = Set(truth.citizens.map(\.id))
        let units = Set(truth.units.map(\.number))
        let orders = Dictionary(uniqueKeysWithValues: truth.orders.map { ($0.id, $0) })
        let talks = Dictionary(uniqueKeysWithValues: truth.conversations.map { ($0.id, $0) })
        for registration in registrations {
            if let id = registration.fact.citizenID { #expect(citizens.contains(id)) }
        }
        for unit in truth.employments.compactMap(\.unit) + truth.offers.compactMap(\.unit)
            + truth.orders.map(\.unit) + truth.contacts.map(\.unit)
        {
            #expect(units.contains(unit))
        }
        for referral in truth.referrals {
            #expect(try #require(orders[referral.order]).created <= referral.day)
        }
        for placement in truth.placements {
            #expect(try #require(orders[placement.order]).created < placement.day)
            #expect(
                truth.employments.contains {
                    $0.citizen == placement.citizen && $0.start == placement.day
                        && $0.unit == orders[placement.order]?.unit
                })
            #expect(
                truth.referrals.contains {
                    $0.order == placement.order && $0.citizen == placement.citizen
                        && $0.day <= placement.day
                })
        }
        for answer in truth.feedback {
            let talk = try #require(talks[answer.conversation])
            #expect(talk.status == .held && talk.citizen == answer.citizen)
        }
        #expect(Set(truth.spells.map(\.id)).count == truth.spells.count)
        #expect(Set(truth.employments.map(\.id)).count == truth.employments.count)
    }

    @Test("Every kind of fact and every benefit comes up")
    func variety() throws {
        let (registrations, truth) = try Sample.small.get()
        let kinds = Set(registrations.map(\.fact.kind))
        #expect(
            kinds
                == Set(FactKind.allCases).subtracting([
                    .dutyHeld, .planItem, .effort, .effortHours, .caseAct, .partialReturn,
                    .caseRecord, .decision, .message, .document, .mailing, .packNote,
                    .packEdition, .budgetLine, .spendingLine, .companyEntry, .workplaceEntry,
                    .companyRecord, .contactNote, .orderDescription, .orderEvent, .jobProfile, .cv,
                    .partnership, .partnershipMember, .poolConsent, .jobShop, .shopVisit, .jobEvent,
                    .eventStand, .eventSignUp, .eventSeat, .agreement, .agreementSigner,
                    .agreementMark, .surveyWave, .surveySending, .caseAudit, .auditedCase,
                    .qualityAction, .trainingCourse, .focusGroup, .focusMember, .councilMatter,
                    .complaintStep, .adviserEntry,
                ]))
        let rare: Set<Benefit> = [.vocationalRehabilitation]
        #expect(Set(truth.spells.map(\.benefit)).union(rare) == Set(Benefit.allCases))
        #expect(Set(truth.offers.map(\.kind)).count >= 6)
        #expect(truth.conversations.contains { $0.status == .planned && $0.day > truth.through })
        #expect(truth.citizens.contains { $0.residenceBasis == .refugee && $0.permitFrom != nil })
    }

    @Test("Education aid and self-support allowance go on as cash benefit from July 2025")
    func merger() throws {
        let truth = try Sample.small.get().truth
        let day = try #require(Day(year: 2025, month: 7, day: 1))
        let old: Set<Benefit> = [.educationAid, .selfSupportAllowance]
        #expect(
            truth.spells.allSatisfy { !old.contains($0.benefit) || ($0.end ?? .openEnd) < day })
        let stopped = truth.spells.filter { old.contains($0.benefit) && $0.end == day - 1 }
        let went = stopped.count { before in
            truth.spells.contains {
                $0.citizen == before.citizen && $0.benefit == .cashBenefit && $0.start == day
            }
        }
        #expect(stopped.count > 2)
        #expect(went >= stopped.count - 1)
    }

    @Test("No new resource programmes and rehabilitation from February 2026")
    func closed() throws {
        let last = try #require(Day(year: 2026, month: 12, day: 31))
        let truth = try Sample.simulator(through: last).run().truth
        let closed = try #require(Day(year: 2026, month: 2, day: 1))
        let ended: Set<Benefit> = [.resourceProgramme, .vocationalRehabilitation]
        #expect(
            truth.spells.allSatisfy { !ended.contains($0.benefit) || $0.start < closed })
        #expect(truth.spells.contains { $0.start > closed })
    }

    @Test("The smallest municipality on its first day", arguments: [100, 400])
    func smallest(population: Int) throws {
        let first = SimulationConfiguration.firstDay
        let (registrations, truth) = try Sample.simulator(
            825, population: population, through: first
        ).run()
        #expect(truth.citizens.count >= population)
        #expect(registrations.allSatisfy { $0.recordedOn == first })
    }

    @Test("What cannot be is refused")
    func refused() throws {
        let data = try Sample.data.get()
        let nowhere = MunicipalityCode(number: 999)
        #expect(throws: SimulationError.unknownMunicipality(nowhere)) {
            try Simulator(
                configuration: SimulationConfiguration(municipality: nowhere, seed: 1), data: data)
        }
        #expect(throws: SimulationError.population(3)) {
            try Sample.simulator(population: 3)
        }
        let early = SimulationConfiguration.firstDay - 1
        #expect(throws: SimulationError.noTime(through: early)) {
            try Sample.simulator(through: early)
        }
    }

    @Test("All 98 municipalities have levels", arguments: [101, 411, 825, 860])
    func municipalities(code: Int32) throws {
        let data = try Sample.data.get()
        #expect(data.municipalities.count == 98)
        #expect((data.population(of: code) != nil) == (code != 411))
    }

    @Test("Two seeds give numbers that look evenly spread")
    func randomness() {
        var random = Randomness(seed: 1)
        let draws = (0..<20_000).map { _ in random.unit() }
        #expect(abs(draws.reduce(0, +) / 20_000 - 0.5) < 0.01)
        let poisson = (0..<5_000).map { _ in Double(random.poisson(3)) }.reduce(0, +) / 5_000
        #expect(abs(poisson - 3) < 0.1)
        let exponential = (0..<20_000).map { _ in random.exponential(mean: 5) }.reduce(0, +)
        #expect(abs(exponential / 20_000 - 5) < 0.2)
        var known = Randomness(seed: 0)
        #expect(known.next() == 0xE220_A839_7B1D_CDAF)
    }
}
