import Chronology
import Identifiers
import Matching
import Parameters
import Registry
import Storage

/// What matching knows beside the people: occupations and skills, how texts are read, and
/// where postcodes are.
public struct MatchingBooks: Sendable {
    public let taxonomy: Taxonomy
    public let coder: TextCoder
    public let reader: OrderReader
    public let postcodes: PostcodeList

    /// Those that ship with the program. O(wordings + postcodes).
    static func bundled() throws(ParameterError) -> MatchingBooks {
        let taxonomy = try Taxonomy.starter()
        let postcodes = try PostcodeList.bundled()
        let coder = try TextCoder(taxonomy: taxonomy)
        return MatchingBooks(
            taxonomy: taxonomy, coder: coder,
            reader: try OrderReader(coder: coder, postcodes: postcodes), postcodes: postcodes)
    }

    /// The place of a postcode as it is typed; nil where it is none in Denmark.
    public func place(_ postcode: String) -> Postcode? {
        Int32(postcode.filter(\.isNumber)).flatMap { postcodes[$0] }
    }

    public func card(_ description: OrderDescription) -> JobCard {
        JobCard(
            occupation: description.occupation, must: description.must, nice: description.nice,
            hours: description.hours, kind: description.kind,
            place: place(description.postcode))
    }

    /// All that matching learns of a person: nothing about the person is looked up for it.
    public func card(_ profile: JobProfile) -> CandidateCard {
        CandidateCard(
            id: profile.citizen.number, wishes: profile.wishes, skills: Set(profile.skills),
            hours: profile.hours, kinds: Set(profile.kinds), place: place(profile.postcode),
            farthest: profile.farthest)
    }
}

/// Keeps the books once they are read, and the candidates until a profile is registered anew.
actor MatchingShelf {
    private let storage: any StorageEngine
    private var kept: MatchingBooks?
    private var indexes: [MunicipalityCode: (number: Int64, day: Day, index: CandidateIndex)] = [:]

    init(_ storage: any StorageEngine) { self.storage = storage }

    func books() throws -> MatchingBooks {
        if let kept { return kept }
        let read = try MatchingBooks.bundled()
        kept = read
        return read
    }

    /// Everyone with a profile that holds on a day.
    func candidates(of municipality: MunicipalityCode, on day: Day) async throws -> CandidateIndex {
        let number = try await storage.read {
            try StoreReader($0).lastRegistration(of: .jobProfile, in: municipality)
        }
        if let kept = indexes[municipality], kept.number == number, kept.day == day {
            return kept.index
        }
        let profiles = try await storage.read { connection in
            var profiles: [JobProfile] = []
            try StoreReader(connection).facts(of: municipality, kinds: [.jobProfile]) { fact in
                if case .jobProfile(let profile) = fact, profile.holds(on: day) {
                    profiles.append(profile)
                }
            }
            return profiles
        }
        let books = try books()
        let index = CandidateIndex(profiles.map { books.card($0) }, books.taxonomy)
        indexes[municipality] = (number, day, index)
        return index
    }
}
