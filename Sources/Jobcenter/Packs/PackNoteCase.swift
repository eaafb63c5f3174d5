import Chronology
import Identifiers
import Plans
import Registry
import Storage

/// What is written for a quarter: explanations and comments by those who do the work, and
/// what the committee is asked and has decided.
public struct PackNoteCase: Sendable {
    private let house: House

    public static let longest = 2_000

    public init(_ house: House) { self.house = house }

    public func notes(
        _ quarter: Quarter, of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [RegistrationNote] {
        try Policy.require(.writePack, by: actor, in: municipality)
        return try await house.engine.read {
            try StoreReader($0).packNotes(of: municipality, quarter)
        }
    }

    /// Registers a note. `subject` is a target's id or empty. Throws `FieldProblems` for a
    /// text that is missing or too long, and `Refusal` for who may not write that kind.
    public func write(
        _ kind: PackNote.Kind, _ text: String, about subject: String, _ quarter: Quarter,
        of municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let request: Request =
            switch kind {
            case .explanation, .comment: .writePack
            case .decisionAsked, .minutes: .approvePack
            }
        if text.isEmpty { throw FieldProblems([.init("text", "empty")]) }
        if text.count > Self.longest {
            throw FieldProblems([.init("text", "tooLong", ["most": String(Self.longest)])])
        }
        let known = house.plans.flatMap(\.targets).map(\.id)
        if !subject.isEmpty, !known.contains(subject) {
            throw FieldProblems([.init("subject", "choice")])
        }
        return try await house.writeCase(municipality, actor, purpose, asking: request) { writer in
            let today = writer.today
            return try writer.add(.packNote) { id in
                .packNote(
                    PackNote(
                        id: id, quarter: quarter, kind: kind, subject: subject, text: text,
                        writer: actor.name, day: today))
            }.1
        }
    }
}
