import Chronology
import Matching
import Parameters
import Testing

@Suite("The starter taxonomy")
struct TaxonomyTests {
    let taxonomy: Taxonomy

    init() throws { taxonomy = try Taxonomy.starter() }

    @Test("It is of a useful size, and its ids stand once")
    func size() {
        #expect((180...400).contains(taxonomy.occupations.count))
        #expect((250...400).contains(taxonomy.skills.count))
        let ids = taxonomy.occupations.map(\.id) + taxonomy.skills.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(Set(taxonomy.courses.map(\.id)).count == taxonomy.courses.count)
        #expect(taxonomy.version >= Day(iso: "2026-11-23") ?? .openEnd)
    }

    @Test("Everything has a name in each language, of its own, that can be typed in a list")
    func names() {
        func check(_ all: [any TaxonomyName]) {
            for language in Language.allCases {
                let names = all.map { $0.name(in: language) }
                #expect(Set(names.map { Folding.folded($0) }).count == all.count, "\(language)")
            }
            for one in all { #expect(!one.ukrainian.isEmpty, "\(one.label)") }
        }
        check(taxonomy.occupations)
        check(taxonomy.skills)
        check(taxonomy.courses)
        // Wishes and skills are typed with commas between.
        let typed: [any TaxonomyName] = taxonomy.occupations + taxonomy.skills
        for one in typed { #expect(!one.ukrainian.contains(","), "\(one.ukrainian)") }
        #expect(taxonomy.occupation("warehouse-worker")?.name(in: .uk) == "складський працівник")
        let bare = Course(id: "x", label: "Kursus", english: "", gives: [])
        #expect(Language.allCases.map { bare.name(in: $0) } == ["Kursus", "Kursus", "Kursus"])
    }

    @Test("Relations lead to skills, and certificates are certificates")
    func relations() {
        for occupation in taxonomy.occupations {
            let all = occupation.essential + occupation.optional + occupation.certificates
            for id in all { #expect(taxonomy.skill(id) != nil, "\(occupation.id): \(id)") }
            #expect(!occupation.essential.isEmpty, "\(occupation.id)")
            #expect(
                Set(occupation.essential).isDisjoint(with: occupation.optional), "\(occupation.id)")
            for id in occupation.certificates {
                #expect(taxonomy.skill(id)?.kind == .certificate, "\(occupation.id): \(id)")
            }
        }
        for course in taxonomy.courses {
            for id in course.gives { #expect(taxonomy.skill(id) != nil, "\(course.id): \(id)") }
        }
    }

    @Test("Every ISCO code is of a major group that there is")
    func isco() {
        for occupation in taxonomy.occupations {
            let digits = occupation.isco.compactMap(\.wholeNumberValue)
            #expect(digits.count == 4 && digits[1] > 0, "\(occupation.id)")
            #expect(occupation.isco.hasPrefix("0") ? occupation.isco == "0310" : true)
        }
        #expect(taxonomy.occupations(inGroup: "5").count > 30)
    }

    @Test("A wording means one thing, unless the file of ambiguous titles lists it")
    func unambiguous() {
        func repeated(_ entries: [(String, [String])]) -> [String] {
            var owners: [String: Set<String>] = [:]
            for (id, wordings) in entries {
                for wording in wordings { owners[Folding.folded(wording), default: []].insert(id) }
            }
            return owners.filter { $0.value.count > 1 }.map(\.key).sorted()
        }
        let skills = taxonomy.skills.map { ($0.id, [$0.label] + $0.wordings.map(\.text)) }
        let titles = taxonomy.occupations.map { ($0.id, [$0.label] + $0.wordings.map(\.text)) }
        #expect(repeated(skills) == [])
        #expect(repeated(titles) == [])
        let known = Set(titles.flatMap { $0.1.map { Folding.folded($0) } })
        for (title, meanings) in taxonomy.ambiguous {
            #expect(!known.contains(title), "\(title)")
            #expect(meanings.count > 1, "\(title)")
            for id in meanings { #expect(taxonomy.occupation(id) != nil, "\(title): \(id)") }
        }
    }

    @Test("Near occupations share skills or a group, and it is told which")
    func nearness() throws {
        let near = try #require(taxonomy.nearness(of: "warehouse-worker", to: "forklift-driver"))
        #expect(near.sharedSkills.contains("warehouse-work"))
        let far = try #require(taxonomy.nearness(of: "warehouse-worker", to: "nurse"))
        #expect(near.value > far.value)
        let itself = try #require(taxonomy.nearness(of: "nurse", to: "nurse"))
        #expect(itself.value == 1 && itself.sharedDigits == 4)
        #expect(taxonomy.nearness(of: "nurse", to: "none") == nil)
        #expect(taxonomy.nearest(to: "sosu-helper").first?.occupation.id == "care-worker-untrained")
    }

    @Test("Nearness is the same both ways")
    func symmetry() throws {
        for first in taxonomy.occupations.prefix(30) {
            for second in taxonomy.occupations.suffix(30) {
                let there = try #require(taxonomy.nearness(of: first.id, to: second.id))
                let back = try #require(taxonomy.nearness(of: second.id, to: first.id))
                #expect(there.value == back.value)
            }
        }
    }

    @Test("What is within reach is told with the gap and the courses that close it")
    func reach() throws {
        let has: Set<String> = ["warehouse-work", "loading-unloading"]
        let reach = taxonomy.reach(of: has)
        let driver = try #require(reach.first { $0.occupation.id == "forklift-driver" })
        #expect(driver.has == ["warehouse-work", "loading-unloading"])
        #expect(driver.lacks == ["forklift-driving"])
        #expect(driver.lacksCertificates == ["forklift-certificate"])
        #expect(driver.courses.map(\.id) == ["forklift-course"])
        #expect(driver.withoutCourse.isEmpty)
        #expect(taxonomy.reach(of: []).isEmpty)
        #expect(reach.map(\.share) == reach.map(\.share).sorted(by: >))
    }

    @Test("A gap that no course closes is told as it is")
    func withoutCourse() throws {
        let nurse = try #require(taxonomy.occupation("nurse"))
        let reach = taxonomy.reach(of: ["nursing-care"], to: nurse)
        #expect(reach.withoutCourse.contains("authorisation-nurse"))
    }
}
