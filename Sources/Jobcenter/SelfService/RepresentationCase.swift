import Chronology
import Identifiers
import Parameters
import Registry
import Storage

/// Citizens let others act for them (partsrepræsentation, FVL § 8), by a link that they give to
/// whom they trust: who accepts it has signed in, so that it is known who it is.
public struct RepresentationCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The key of an invitation that waits: its record's number, and what only one who has seen
    /// its receipt can know.
    public static func key(of note: RegistrationNote) -> String {
        "\(note.fact.id.number)-\(FileContents.digest(Array("represent \(note.hash)".utf8)).prefix(24))"
    }

    /// What an invitation asks.
    public struct Invitation: Hashable, Sendable {
        public var citizen: Citizen
        public var representation: Representation
        /// The last day to accept it.
        public var until: Day
        fileprivate var record: CaseRecord

        public var isAccepted: Bool { record.accepted != nil }

        /// Whether the one with this number has accepted it.
        public func isOf(_ person: CPR) -> Bool { RepresentationCase.isOf(person, record) }
    }

    /// What a key leads to; nil for nothing, and for what is stopped or too old to be accepted.
    public func invitation(
        _ key: String, in municipality: MunicipalityCode
    ) async throws -> Invitation? {
        let today = house.clock.today()
        return try await house.engine.read {
            try Self.invitation(key, StoreReader($0), municipality, today)
        }
    }

    private static func invitation(
        _ key: String, _ reader: StoreReader, _ municipality: MunicipalityCode, _ today: Day
    ) throws -> Invitation? {
        guard let number = key.split(separator: "-").first.flatMap({ Int64($0) }),
            let note = try reader.registration(.caseRecord, FactID(number), of: municipality),
            case .caseRecord(let record) = note.fact,
            record.answers[Representation.Answer.key] ?? Self.key(of: note) == key,
            let representation = Representation(record, on: today),
            let citizen = try reader.citizens(of: municipality, [record.citizen]).first
        else { return nil }
        let until = note.recordedOn + Representation.days
        if record.accepted == nil, until < today { return nil }
        return Invitation(
            citizen: citizen, representation: representation, until: until, record: record)
    }

    /// Tells whose it is without the CPR number, which nobody who reads the case has use for.
    private static func proof(_ person: CPR, _ key: String) -> String {
        FileContents.digest(Array("\(key) \(person.unmasked)".utf8))
    }

    private static func isOf(_ person: CPR, _ record: CaseRecord) -> Bool {
        guard let key = record.answers[Representation.Answer.key] else { return false }
        return record.answers[Representation.Answer.proof] == proof(person, key)
    }

    /// Accepts an invitation, as the one who is signed in with this number and `name`, which the
    /// citizen is shown beside the name written in the invitation. Accepting one's own again changes
    /// nothing. Throws `FieldProblems` where it leads nowhere any more, is somebody else's, or
    /// is to one's own case.
    public func accept(
        _ key: String, as person: CPR, called name: String, in municipality: MunicipalityCode
    ) async throws -> Actor {
        let over = FieldProblems([.init("agreed", "invitationOver")])
        guard let found = try await invitation(key, in: municipality) else { throw over }
        let actor = Self.actor(found.citizen, found.representation, municipality)
        if found.isOf(person) { return actor }
        if found.citizen.cpr == person { throw FieldProblems([.init("agreed", "representsSelf")]) }
        guard let purpose = Purpose(house.texts.text("signIn.represents", .da)) else {
            throw Refusal.purposeMissing
        }
        try await house.writeCase(
            municipality, actor, purpose, asking: .readOwn(found.citizen.id)
        ) { writer in
            let found = try Self.invitation(key, writer.reader, municipality, writer.today)
            guard var record = found?.record else { throw over }
            if record.accepted != nil {
                throw FieldProblems([.init("agreed", "invitationTaken")])
            }
            record.answers[Representation.Answer.key] = key
            record.answers[Representation.Answer.proof] = Self.proof(person, key)
            record.answers[Representation.Answer.proven] = name
            record.answers[Representation.Answer.accepted] = writer.today.iso
            _ = try writer.set(.caseRecord(record))
        }
        return actor
    }

    /// The cases that a person sees as a citizen: the own one first, then those of citizens for
    /// whom the person acts, by name. O(representatives of the municipality).
    public func cases(of person: CPR, in municipality: MunicipalityCode) async throws -> [Actor] {
        let today = house.clock.today()
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            var represented: [CitizenID: Representation] = [:]
            for note in try reader.records(Representation.kind, of: municipality) {
                guard case .caseRecord(let record) = note.fact, Self.isOf(person, record),
                    let representation = Representation(record, on: today)
                else { continue }
                // Who may write for a citizen is not held to reading by another record.
                if represented[record.citizen]?.mayWrite != true {
                    represented[record.citizen] = representation
                }
            }
            let own = try reader.citizen(of: municipality, cpr: person)
            let numbers = Array(represented.keys) + (own.map { [$0] } ?? [])
            let citizens = try reader.citizens(of: municipality, numbers.sorted())
            let others = citizens.compactMap { citizen in
                represented[citizen.id].map { Self.actor(citizen, $0, municipality) }
            }
            return citizens.filter { $0.id == own }.map {
                Actor(
                    name: $0.fullName, role: .citizen, municipality: municipality, citizen: $0.id)
            } + others
        }
    }

    /// Enters in the look-up log that somebody begins to see a case, as the citizen or for the
    /// citizen.
    public func enter(_ actor: Actor) async throws {
        let citizen = try await house.own(actor, in: actor.municipality)
        let purpose = actor.representation == nil ? "signIn.purpose" : "signIn.represents"
        _ = try await house.lookups.append(
            [citizen], of: actor.municipality,
            subject: "\(PersonLookup.signIn) \(house.clock.today().iso)",
            house.stamp(actor, house.texts.text(purpose, .da)))
    }

    private static func actor(
        _ citizen: Citizen, _ representation: Representation, _ municipality: MunicipalityCode
    ) -> Actor {
        var actor = Actor(
            name: citizen.fullName, role: .citizen, municipality: municipality,
            citizen: citizen.id)
        actor.representation = representation
        return actor
    }
}

extension OwnCase {
    /// Stops somebody's seeing the case, from now on. Stopping it again changes nothing.
    public func stop(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor, asking: Request.decideOwn) { writer, citizen in
            let note = try writer.reader.registration(.caseRecord, id, of: municipality)
            guard let note, case .caseRecord(var record) = note.fact,
                record.citizen == citizen, record.record == Representation.kind
            else { throw FieldProblems([.init("id", "choice")]) }
            if record.stopped != nil { return note.receipt(in: municipality) }
            record.answers[Representation.Answer.stopped] = writer.today.iso
            record.end = max(record.start, writer.today)
            return try writer.set(.caseRecord(record))
        }
    }
}
