import Chronology
import Identifiers
import Registry
import Testing

@testable import Simulation

@Suite("Households and target groups")
struct HouseholdTests {
    @Test("Nobody is in two households at a time, and nobody outside residence")
    func oneAtATime() throws {
        let truth = try Sample.small.get().truth
        let homes = Dictionary(grouping: truth.residences, by: \.citizen)
        for (citizen, memberships) in Dictionary(grouping: truth.households, by: \.citizen) {
            let sorted = memberships.sorted { $0.start < $1.start }
            for (a, b) in zip(sorted, sorted.dropFirst()) {
                #expect((a.end ?? .openEnd) < b.start)
            }
            let home = try #require(homes[citizen]?.first)
            #expect(try #require(sorted.first).start >= home.start)
            #expect(sorted.last?.end == home.end)
        }
        #expect(Set(truth.households.map(\.id)).count == truth.households.count)
    }

    @Test(
        "Every resident is in a household, and every child lives with an adult",
        arguments: ["2021-01-01", "2022-03-01", "2023-12-31", "2025-10-15"])
    func families(iso: String) throws {
        let day = try #require(Day(iso: iso))
        let truth = try Sample.small.get().truth
        let born = Dictionary(uniqueKeysWithValues: truth.citizens.map { ($0.id, $0.born) })
        let now = truth.households.filter { $0.start <= day && ($0.end ?? .openEnd) >= day }
        let residents = truth.residences.filter {
            $0.start <= day && ($0.end ?? .openEnd) >= day
        }
        #expect(Set(now.map(\.citizen)) == Set(residents.map(\.citizen)))
        let homes = Dictionary(grouping: now, by: \.household)
        for members in homes.values {
            #expect(members.contains { $0.role == .adult })
            for member in members {
                let age = try #require(born[member.citizen]).age(on: day)
                #expect((member.role == .child) == (age < 18))
            }
        }
        let couples = homes.values.count { $0.count { $0.role == .adult } == 2 }
        let alone = homes.values.count { $0.count == 1 }
        let withChildren = homes.values.count { $0.contains { $0.role == .child } }
        #expect(couples * 100 / homes.count > 30)
        #expect(alone * 100 / homes.count > 25)
        #expect(withChildren * 100 / homes.count > 12)
        #expect((1.7...2.4).contains(Double(now.count) / Double(homes.count)))
    }

    @Test("Couples come together and part, and children of their parents bear their name")
    func lives() throws {
        let truth = try Sample.small.get().truth
        let homes = Dictionary(grouping: truth.households, by: \.household)
        let first = SimulationConfiguration.firstDay
        let formed = homes.values.filter { members in
            members.count { $0.role == .adult && $0.start > first } > 1
        }
        #expect(formed.count > 5)
        let moved = Dictionary(grouping: truth.households, by: \.citizen).values.filter {
            Set($0.map(\.household)).count > 1
        }
        #expect(moved.count > 20)
        let name = Dictionary(uniqueKeysWithValues: truth.citizens.map { ($0.id, $0.familyName) })
        let born = truth.citizens.filter { $0.born > first }.map(\.id)
        for child in born {
            let joined = try #require(
                truth.households.filter { $0.citizen == child }.min { $0.start < $1.start })
            let adults = truth.households.filter {
                $0.household == joined.household && $0.role == .adult && $0.start <= joined.start
                    && ($0.end ?? .openEnd) >= joined.start
            }
            #expect(adults.contains { name[$0.citizen] == name[child] })
        }
        #expect(born.count > 20)
    }

    @Test("Age and education decide between the groups of the young and the others")
    func targetGroups() throws {
        let truth = try Sample.small.get().truth
        let born = Dictionary(uniqueKeysWithValues: truth.citizens.map { ($0.id, $0.born) })
        let levels = Dictionary(grouping: truth.educations, by: \.citizen)
        var seen: Set<TargetGroup> = []
        for period in truth.targetGroups {
            let day = max(period.start, SimulationConfiguration.firstDay)
            let last = min(period.end ?? truth.through, truth.through)
            let birth = try #require(born[period.citizen])
            let qualified =
                levels[period.citizen]?.contains {
                    $0.level.isQualifying && $0.start <= day && ($0.end ?? .openEnd) >= day
                } ?? false
            switch period.group {
            case .group2, .group3: #expect(birth.age(on: day) >= 30 || qualified)
            case .group4, .group5: #expect(birth.age(on: last) < 30 && !qualified)
            default: break
            }
            seen.insert(period.group)
        }
        #expect(
            seen.isSuperset(of: [
                .group1, .group2, .group3, .group4, .group5, .group6, .group7, .group8, .group9,
                .group11, .integrationProgramme,
            ]))
    }

    @Test("Each benefit stands in the group that the law gives it")
    func groupsByBenefit() throws {
        let truth = try Sample.small.get().truth
        let groups = Dictionary(grouping: truth.targetGroups, by: \.citizen)
        let expected: [Benefit: TargetGroup] = [
            .unemploymentBenefit: .group1, .sicknessBenefit: .group6, .jobClarification: .group7,
            .resourceProgramme: .group8, .flexJobUnemploymentAllowance: .group9, .flexJob: .group9,
            .vocationalRehabilitation: .group10, .disabilityPension: .group11,
        ]
        for spell in truth.spells {
            guard let group = expected[spell.benefit] else { continue }
            #expect(
                groups[spell.citizen]?.contains {
                    $0.group == group && $0.start <= spell.start
                        && ($0.end ?? .openEnd) >= (spell.end ?? .openEnd)
                } ?? false, "\(spell.benefit)")
        }
    }
}
