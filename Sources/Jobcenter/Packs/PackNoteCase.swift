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

    /// What was written; only minutes for those who write none themselves.
    public func notes(
        _ quarter: Quarter, of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [RegistrationNote] {
        try Policy.require(.readFigures, by: actor, in: municipality)
        let mayWrite = Policy.refusal(of: .writePack, by: actor, in: municipality) == nil
        return try await house.engine.read {
            try StoreReader($0).packNotes(of: municipality, quarter)
        }.filter { note in
            guard case .packNote(let written) = note.fact else { return false }
            return mayWrite || written.kind == .minutes
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
        try FieldProblems.requireShort(text, "text", most: Self.longest)
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
