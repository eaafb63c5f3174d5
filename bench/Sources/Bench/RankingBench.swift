import ArgumentParser
import Matching
import Parameters
import Registry

/// Ranks made-up candidates for made-up jobs, with the reasons.
struct RankingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ranking", abstract: "Index candidates and rank all of them for each job.")

    @Option(help: "Candidates.") var candidates = 100_000
    @Option(help: "Jobs.") var jobs = 1_000
    @Option(help: "Candidates shown for a job, with the reasons.") var top = 50
    @Option(help: "Seed of what is made up.") var seed: UInt64 = 1

    func run() throws {
        let taxonomy = try Taxonomy.starter()
        let postcodes = try PostcodeList.bundled().all
        var random = Numbers(seed)
        let cards = (0..<candidates).map { card(Int64($0), taxonomy, postcodes, &random) }
        let wanted = (0..<jobs).map { _ in job(taxonomy, postcodes, &random) }
        Measuring.forgetPeak()
        let (seconds, cpu, index) = Measuring.seconds { CandidateIndex(cards, taxonomy) }
        try Line(
            what: "build", seconds: seconds, cpuSeconds: cpu, rows: candidates,
            resident: Measuring.peak()
        ).write()
        for job in wanted.prefix(3) { try check(index, cards, taxonomy, job) }
        let times = wanted.map { job in
            Measuring.seconds { index.rank(job, top: top) }.seconds
        }.sorted()
        for (what, share) in [("one job, p50", 0.5), ("one job, p99", 0.99)] {
            let place = min(times.count - 1, Int(Double(times.count) * share))
            try Line(what: what, seconds: times[place], rows: jobs).write()
        }
    }

    /// The index must answer what adding up card by card answers.
    private func check(
        _ index: CandidateIndex, _ cards: [CandidateCard], _ taxonomy: Taxonomy, _ job: JobCard
    ) throws {
        let expected = cards.compactMap { taxonomy.suggestion($0, for: job) }
            .sorted { ($1.points, $0.candidate) < ($0.points, $1.candidate) }
        guard index.rank(job, top: top) == Array(expected.prefix(top)) else {
            throw ValidationError("the index and the cards disagree")
        }
    }

    /// A profile as people have them: wishes near each other and the skills of the first.
    private func card(
        _ id: Int64, _ taxonomy: Taxonomy, _ places: [Postcode], _ random: inout Numbers
    ) -> CandidateCard {
        let wish = taxonomy.occupations[random.below(taxonomy.occupations.count)]
        let other = taxonomy.occupations[random.below(taxonomy.occupations.count)]
        var skills = Set((wish.essential + wish.optional).filter { _ in random.below(3) > 0 })
        for _ in 0..<random.below(6) {
            skills.insert(taxonomy.skills[random.below(taxonomy.skills.count)].id)
        }
        return CandidateCard(
            id: id, wishes: [wish.id, other.id], skills: skills, hours: hours(&random),
            kinds: Set(JobKind.allCases.filter { _ in random.below(2) == 0 } + [.ordinary]),
            place: places[random.below(places.count)], farthest: 5 + random.below(60))
    }

    private func job(
        _ taxonomy: Taxonomy, _ places: [Postcode], _ random: inout Numbers
    ) -> JobCard {
        let occupation = taxonomy.occupations[random.below(taxonomy.occupations.count)]
        return JobCard(
            occupation: occupation.id,
            must: occupation.certificates + occupation.essential.prefix(3),
            nice: Array(occupation.optional.prefix(3)), hours: hours(&random),
            kind: random.below(4) == 0
                ? JobKind.allCases[random.below(JobKind.allCases.count)] : .ordinary,
            place: places[random.below(places.count)])
    }

    private func hours(_ random: inout Numbers) -> WeeklyHours {
        let most = Int32(10 + random.below(28)) * 60
        return WeeklyHours(
            least: WeeklyTime(minutes: max(60, most - Int32(random.below(11)) * 60)),
            most: WeeklyTime(minutes: most))
    }
}

/// SplitMix64.
private struct Numbers {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
