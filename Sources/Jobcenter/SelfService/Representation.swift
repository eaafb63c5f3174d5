import Chronology
import Identifiers
import Registry
import Storage

/// Somebody who acts for a citizen (partsrepræsentant, FVL § 8), as the citizen has registered.
public struct Representation: Hashable, Sendable {
    /// The kind of the record it is registered by.
    public static let kind = "own-representative"
    /// Days in which an invitation can be accepted.
    public static let days = 30

    /// The record by which the citizen lets it be.
    public let record: FactID
    /// The name that the citizen wrote.
    public let name: String
    /// May write as well as read.
    public let mayWrite: Bool

    /// Nil where the record lets nobody see the case on the day: because it is of another kind
    /// or of other days, was stopped, or is of one who only comes along.
    public init?(_ record: CaseRecord, on day: Day) {
        guard record.record == Self.kind, record.holds(on: day),
            record.answers[Answer.stopped] == nil,
            let may = record.answers[Answer.may], ["represent", "see"].contains(may)
        else { return nil }
        self.record = record.id
        name = record.answers["person"] ?? ""
        mayWrite = may == "represent"
    }

    /// What the record answers.
    enum Answer {
        static let may = "may"
        /// The invitation's key, what proves who accepted it, and the day of that.
        static let key = "key"
        static let proof = "proof"
        /// The name by which that person signed in.
        static let proven = "proven"
        static let accepted = "accepted"
        /// The day on which the citizen stopped it.
        static let stopped = "stopped"
    }
}

extension CaseRecord {
    /// The day on which the representative accepted (partsrepræsentanten); nil for not yet.
    public var accepted: Day? { answers[Representation.Answer.accepted].flatMap { Day(iso: $0) } }

    /// The name by which the one who accepted had signed in; nil where nobody has accepted.
    public var acceptedBy: String? { answers[Representation.Answer.proven] }

    /// The day on which the citizen stopped it; nil for not.
    public var stopped: Day? { answers[Representation.Answer.stopped].flatMap { Day(iso: $0) } }
}

extension House {
    /// The citizen whose case `actor` may read as the citizen, or for the citizen. Throws
    /// `Refusal.notRepresentative` where the citizen has stopped it meanwhile. One look in the
    /// store for a representative, none for the citizen.
    func own(
        _ actor: Actor, in municipality: MunicipalityCode,
        asking request: (CitizenID) -> Request = Request.readOwn
    ) async throws -> CitizenID {
        guard let citizen = actor.citizen else { throw Refusal.notYourOwn }
        try Policy.require(request(citizen), by: actor, in: municipality)
        if let representation = actor.representation {
            let today = clock.today()
            try await engine.read {
                try StoreReader($0).require(
                    representation, of: citizen, in: municipality, on: today)
            }
        }
        return citizen
    }
}

extension StoreReader {
    /// Throws `Refusal.notRepresentative` where the citizen does not let it be any more.
    func require(
        _ representation: Representation, of citizen: CitizenID,
        in municipality: MunicipalityCode, on day: Day
    ) throws {
        let note = try registration(.caseRecord, representation.record, of: municipality)
        guard case .caseRecord(let record)? = note?.fact, record.citizen == citizen,
            Representation(record, on: day) == representation
        else { throw Refusal.notRepresentative }
    }
}
