import Matching
import Parameters
import Registry
import Testing

@Suite("Ranking candidates for a job")
struct RankingTests {
    private let taxonomy: Taxonomy
    private let postcodes: PostcodeList

    init() throws {
        taxonomy = try Taxonomy.starter()
        postcodes = try PostcodeList.bundled()
    }

    private func job(_ change: (inout JobCard) -> Void = { _ in }) -> JobCard {
        var card = JobCard(
            occupation: "warehouse-worker", must: ["forklift-certificate", "danish"],
            nice: ["english"], hours: WeeklyHours(), kind: .ordinary, place: postcodes[2730])
        change(&card)
        return card
    }

    private func candidate(
        _ id: Int64 = 1, _ change: (inout CandidateCard) -> Void = { _ in }
    ) -> CandidateCard {
        var card = CandidateCard(
            id: id, wishes: ["warehouse-worker"],
            skills: ["forklift-certificate", "danish", "english"], hours: WeeklyHours(),
            kinds: [.ordinary], place: postcodes[2730], farthest: 30)
        change(&card)
        return card
    }

    @Test("one who fits in everything has every point, and asking for the job adds to it")
    func whole() throws {
        let best = try #require(taxonomy.suggestion(candidate(), for: job()))
        #expect(best.points == 100 && best.most == 100 && best.missing.isEmpty)
        let asked = try #require(taxonomy.suggestion(candidate(), for: job(), ownYes: true))
        #expect(asked.points == 120)
    }

    @Test("each thing that does not fit costs its own term, and what is missing is named")
    func terms() throws {
        func points(
            _ change: (inout CandidateCard) -> Void, _ of: (inout JobCard) -> Void = { _ in }
        ) -> Int? {
            taxonomy.suggestion(candidate(1, change), for: job(of))?.points
        }
        #expect(points { $0.skills.remove("danish") } == 100 - 13)
        #expect(points { $0.skills.remove("english") } == 90)
        #expect(points { $0.wishes = [] } == 60)
        #expect(points { $0.place = nil } == 85)
        #expect(points { $0.place = postcodes[9000] } == 85)
        #expect(
            points {
                $0.hours = WeeklyHours(
                    least: WeeklyTime(minutes: 600),
                    most: WeeklyTime(minutes: 1110))
            } == 92)
        #expect(points { $0.kinds = [.flex] } == nil)
        let near = try #require(points { $0.wishes = ["forklift-driver"] })
        #expect(near > 60 && near < 100)
        let lacking = try #require(
            taxonomy.suggestion(candidate(1) { $0.skills = [] }, for: job()))
        #expect(lacking.missing == ["forklift-certificate", "danish"])
    }

    @Test("gendered titles are one occupation, in what is wished for and what is sought")
    func gendered() throws {
        let coder = try TextCoder(taxonomy: taxonomy)
        let pairs = [
            ("stuepige", "stuemand"), ("lagermand", "lagermedarbejder"),
            ("rengøringsdame", "rengøringsmand"), ("lærer", "lærerinde"),
            ("frisør", "frisørinde"),
        ]
        for (first, second) in pairs {
            let found = [first, second].map { coder.code("Jeg er \($0).").occupationIDs.first }
            #expect(found[0] != nil && found[0] == found[1], "\(first), \(second)")
        }
    }

    @Test("the index ranks as the cards do, one by one", arguments: 0..<40)
    func index(seed: UInt64) {
        var random = Numbers(seed)
        let ids = taxonomy.occupations.map(\.id)
        let skills = Array(taxonomy.skills.map(\.id).prefix(40))
        let places = [2730, 2800, 3400, 5000, 9000].map { postcodes[$0] } + [nil]
        func some(_ all: [String], _ most: Int) -> [String] {
            (0..<random.below(most + 1)).map { _ in all[random.below(all.count)] }
                .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        func hours() -> WeeklyHours {
            let least = Int32(random.below(37)) * 60
            return WeeklyHours(
                least: WeeklyTime(minutes: least),
                most: WeeklyTime(minutes: least + Int32(random.below(10)) * 60))
        }
        let cards = (1...200).map { id in
            CandidateCard(
                id: Int64(id), wishes: some(ids, 3), skills: Set(some(skills, 12)),
                hours: hours(),
                kinds: Set(JobKind.allCases.filter { _ in random.below(2) == 0 }),
                place: places[random.below(places.count)], farthest: 1 + random.below(60))
        }
        let wanted = some(skills, 6)
        let card = JobCard(
            occupation: random.below(5) == 0 ? "" : ids[random.below(ids.count)], must: wanted,
            nice: some(skills, 4).filter { !wanted.contains($0) }, hours: hours(),
            kind: JobKind.allCases[random.below(5)], place: places[random.below(places.count)])
        let yes = Set((0..<5).map { _ in Int64(1 + random.below(200)) })
        let without = Set((0..<20).map { _ in Int64(1 + random.below(200)) })
        let expected = cards.filter { !without.contains($0.id) }.compactMap {
            taxonomy.suggestion($0, for: card, ownYes: yes.contains($0.id))
        }.sorted { ($1.points, $0.candidate) < ($0.points, $1.candidate) }
        let index = CandidateIndex(cards.shuffled(using: &random), taxonomy)
        #expect(
            index.rank(card, top: 50, yes: yes, without: without) == Array(expected.prefix(50)))
        #expect(index.rank(card, top: 0).isEmpty)
    }
}

/// SplitMix64.
private struct Numbers: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
